# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""What `schema/v0` determines."""

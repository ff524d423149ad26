//! What makes shellrt hosts and plugins right by construction: codec, plugin side, host side.

"""Says of each network that it made it, and that it differs."""

import networks

networks.run(change=lambda response: {"changed": True, "drift": [{"pointer": "/ipam"}]})

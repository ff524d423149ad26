"""Says of a network that it made that it was there."""

import networks

networks.run(change=lambda response: {**response, "changed": False})

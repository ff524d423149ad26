"""Does not tell where a network differs."""

import networks

networks.run(change=lambda response: {"changed": response["changed"]})

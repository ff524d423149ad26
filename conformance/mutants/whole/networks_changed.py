"""Changes a network that exists into what is asked for."""

import json

import networks

networks.run(keep=lambda file, wanted: file.write_text(json.dumps(wanted)))

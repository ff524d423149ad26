import json

about = {"name": "mine", "version": "0.1.0", "protocol_versions": ["0.2.0"]}
print(json.dumps({"_version": "0.2.0", "_type": "version", "_status": "ok", **about}))

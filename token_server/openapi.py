"""`python -m token_server.openapi` prints the OpenAPI document. The page's TypeScript types are made from it."""

import json
import sys

from token_server.main import describe_app


def main() -> None:
    json.dump(describe_app().openapi(), sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

"""Supabase Storage's HTTP API as far as recordings use it, in memory. The embedded Supabase has none that is ours."""

import json
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SECRET_KEY = "sb_secret_of_the_storage"


class FakeSupabaseStorage:
    """Mount it at `/storage/v1`."""

    def __init__(self) -> None:
        self.buckets: dict[str, dict[str, bytes]] = {}
        self.public: set[str] = set()
        self.app = Starlette(
            routes=[
                Route("/storage/v1/bucket/{bucket}", self._bucket, methods=["GET"]),
                Route("/storage/v1/bucket", self._create, methods=["POST"]),
                Route("/storage/v1/object/list/{bucket}", self._list, methods=["POST"]),
                Route("/storage/v1/object/authenticated/{bucket}/{name}", self._read, methods=["GET"]),
                Route("/storage/v1/object/{bucket}/{name}", self._upload, methods=["POST"]),
                Route("/storage/v1/object/{bucket}", self._remove, methods=["DELETE"]),
            ]
        )

    async def _bucket(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"id": request.path_params["bucket"]})

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        self.buckets[body["id"]] = {}
        if body["public"]:
            self.public.add(body["id"])
        return JSONResponse({"name": body["id"]})

    async def _upload(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        content = await request.body()
        if len(content) != int(request.headers["content-length"]):
            return JSONResponse({"statusCode": "400", "error": "cut off"}, 400)
        names = self.buckets[request.path_params["bucket"]]
        if request.path_params["name"] in names and request.headers.get("x-upsert") != "true":
            return JSONResponse({"statusCode": "409", "error": "Duplicate"}, 400)
        names[request.path_params["name"]] = content
        return JSONResponse({"Key": "key"})

    async def _read(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        content = self.buckets[request.path_params["bucket"]].get(request.path_params["name"])
        if content is None:
            return JSONResponse({"statusCode": "404", "error": "not_found"}, 400)
        first, last = map(int, request.headers["range"].removeprefix("bytes=").split("-"))
        return Response(content[first : last + 1], 206)

    async def _list(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        body = json.loads(await request.body())
        names = sorted(n for n in self.buckets[request.path_params["bucket"]] if n.startswith(body["search"]))
        page = names[body["offset"] : body["offset"] + body["limit"]]
        return JSONResponse([{"name": name, "updated_at": datetime.now(UTC).isoformat()} for name in page])

    async def _remove(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        for name in json.loads(await request.body())["prefixes"]:
            self.buckets[request.path_params["bucket"]].pop(name, None)
        return JSONResponse([])

    def _refused(self, request: Request) -> Response | None:
        if request.headers.get("apikey") != SECRET_KEY or request.headers["authorization"] != f"Bearer {SECRET_KEY}":
            return JSONResponse({"statusCode": "403", "error": "Unauthorized"}, 400)
        if request.path_params["bucket"] not in self.buckets:
            return JSONResponse({"statusCode": "404", "error": "Bucket not found"}, 400)
        return None

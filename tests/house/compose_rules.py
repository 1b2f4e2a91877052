"""What a compose file must keep to beyond its schema, as a pure function from the parsed file to sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Part = Mapping[str, Any]

#: Every service of the house: it owns nothing it does not need.
LOCKED_DOWN: Mapping[str, Any] = {
    "read_only": True,
    "init": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
}


def flaws(compose: Part) -> list[str]:
    """Names that dangle, services that run as root, are open to others, or whose health nobody asks."""
    services: Mapping[str, Part] = compose["services"]
    found = [f"{name}: {flaw}" for name, service in services.items() for flaw in _of(service)]
    return [*found, *_dangling(compose), *_not_watched(services)]


def _of(service: Part) -> Iterator[str]:
    yield from _too_powerful(service)
    yield from _too_open(service)
    if "build" not in service and not _pinned(service.get("image", "")):
        yield "image without a version"
    if "healthcheck" not in service:
        yield "nobody asks how it is: add a healthcheck"


def _too_powerful(service: Part) -> Iterator[str]:
    if str(service.get("user", "0")).partition(":")[0] in {"0", "root"}:
        yield "runs as root"
    for key, wanted in LOCKED_DOWN.items():
        if service.get(key) != wanted:
            yield f"{key} is not {wanted}"


def _too_open(service: Part) -> Iterator[str]:
    for port in service.get("ports", ()):
        if not str(port).startswith("127.0.0.1:"):
            yield f"port {port} is open to the network: write 127.0.0.1:{port}"
    for name in service.get("environment", {}):
        if name.endswith(("SECRET", "PASSWORD", "TOKEN")):
            yield f"{name} is a secret in the environment: give a file"


def _pinned(image: str) -> bool:
    return image.partition(":")[2] not in {"", "latest"}


def _dangling(compose: Part) -> Iterator[str]:
    for name, service in compose["services"].items():
        for kind, used in _uses(service).items():
            missing = used - set(compose.get(kind) or ())
            yield from (f"{name}: {kind} has no {each}" for each in sorted(missing))


def _uses(service: Part) -> dict[str, set[str]]:
    volumes = {str(volume).partition(":")[0] for volume in service.get("volumes", ())}
    return {
        "services": set(service.get("depends_on", ())),
        "networks": set(service.get("networks", ())),
        "secrets": set(service.get("secrets", ())),
        "volumes": {volume for volume in volumes if not volume.startswith((".", "/"))},
    }


def _not_watched(services: Mapping[str, Part]) -> Iterator[str]:
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            waits = how["condition"] == "service_healthy"
            if waits and "healthcheck" not in services.get(other, {}):
                yield f"{name}: waits for the health of {other}, which nobody asks"

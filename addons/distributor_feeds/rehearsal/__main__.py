"""``python -m rehearsal``: start a rehearsal distributor and say where it is."""

import argparse
import signal
import sys
import threading

from .distributor import RehearsalDistributor
from .files import FORMATS, Style
from .moods import API_MOODS, FILE_MOODS

_DELIMITERS = {"tab": "\t", "\\t": "\t"}


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="rehearsal",
        description="A distributor on this computer, to try a set-up with.",
        epilog="Moods of the files: "
        + "; ".join(f"{name}: {text}" for name, text in FILE_MOODS.items())
        + ". Moods of the service: "
        + "; ".join(f"{name}: {text}" for name, text in API_MOODS.items()),
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, help="chooses the articles")
    add("--count", type=int, default=1_000, help="number of articles")
    add("--share", type=float, default=0.05, help="of rows that change per revision")
    add("--revision", type=int, default=0, help="of the files at the start")
    add("--every", type=float, default=0, help="seconds until the next revision")
    add(
        "--formats",
        default="csv,json,xml,xlsx,x12,edi,ubl.xml",
        help=f"of: {', '.join(FORMATS)}",
    )
    add("--delimiter", default=";", help="of CSV; tab for a tabulator")
    add("--encoding", default="utf-8", help="of CSV")
    add("--decimal", default=".", choices=[".", ","], help="sign in prices of CSV")
    add("--most", type=int, default=0, help="stock above is written as “50+” (50)")
    add("--folder", default="", help="for files and keys, kept; else a temporary one")
    for kind, port in (("sftp", 2222), ("https", 8443), ("ftp", 2121), ("ftps", 2990)):
        add(f"--{kind}-port", type=int, default=port, help=f"{port}; 0: a free one")
    add("--user", default="rehearsal")
    add("--password", default="rehearsal")
    add("--token", default="rehearsal-token")
    add("--mood", default="good", choices=list(FILE_MOODS), metavar="MOOD")
    add("--api-mood", default="good", choices=list(API_MOODS), metavar="MOOD")
    add("--slow", type=float, default=10, help="seconds a slow service waits")
    add("--push", default="", help="address that every new file is sent to")
    add("--push-token", default="", help="token for it")
    return parser.parse_args(arguments)


def _say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(shop):
    ports = {kind: server.port for kind, server in shop.servers.items()}
    _say(f"SFTP     localhost:{ports['sftp']}   host key {shop.host_key}")
    _say(f"HTTPS    https://localhost:{ports['https']}/files/items.csv")
    if "ftp" in ports:
        _say(f"FTP      localhost:{ports['ftp']}   FTPS localhost:{ports['ftps']}")
    else:
        _say("FTP      not here: pip install pyftpdlib")
    _say(f"service  {shop.api_url} (JSON), {shop.soap_url} (SOAP)")
    _say(f"moods    {shop.control_url}")
    _say(f"login    {shop.user} / {shop.password}   token {shop.token}")
    _say(f"trust    {shop.ca_file} (authority of the certificate)")
    _say(f"files    {shop.files_folder}: {', '.join(shop.names)}")


def _push(shop, options):
    try:
        status, body = shop.push(options.push, options.push_token)
    except OSError as problem:
        _say(f"pushed   not: {problem}")
        return
    _say(f"pushed   {status} {body[:200].decode(errors='replace')}")


def main(arguments=None):
    options = _options(arguments)
    style = Style(
        _DELIMITERS.get(options.delimiter, options.delimiter),
        options.encoding,
        options.decimal,
        options.most,
    )
    shop = RehearsalDistributor(
        options.seed,
        options.count,
        share=options.share,
        formats=[name for name in options.formats.split(",") if name],
        style=style,
        folder=options.folder,
        ports={
            "sftp": options.sftp_port,
            "https": options.https_port,
            "ftp": options.ftp_port,
            "ftps": options.ftps_port,
        },
        user=options.user,
        password=options.password,
        token=options.token,
        slow=options.slow,
    )
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_arguments: over.set())
    with shop:
        shop.misbehave(options.mood, options.api_mood, options.revision)
        _tell(shop)
        while True:
            if options.push:
                _push(shop, options)
            if over.wait(options.every or None):
                return 0
            shop.misbehave(revision=shop.state["revision"] + 1)
            _say(f"revision {shop.state['revision']}")


if __name__ == "__main__":
    sys.exit(main())

"""Servers that do what no honest server does, for the tests of `transport`."""

import contextlib
import socket
import ssl
import threading


@contextlib.contextmanager
def raw_server(talk, tls=None):
    """Serve on loopback; each connection is one call of `talk` in a thread.

    :param talk: called with the socket; it is closed afterwards
    :param ssl.SSLContext tls: encrypt first
    :return: the port
    """
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(sock):
        with contextlib.suppress(OSError), sock:
            if tls:
                with tls.wrap_socket(sock, server_side=True) as encrypted:
                    talk(encrypted)
            else:
                talk(sock)

    def accept():
        while True:
            try:
                sock, _address = listening.accept()
            except OSError:
                return
            sock.settimeout(20)
            threading.Thread(target=serve, args=(sock,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def read_request(sock):
    """Head of an HTTP request.

    :rtype: bytes
    """
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = sock.recv(65536)
        if not chunk:
            break
        data += chunk
    return data


def answer(text, requests=None):
    """A talk that gives the same bytes to every HTTP request.

    :param list requests: gets the requests
    """

    def talk(sock):
        request = read_request(sock)
        if requests is not None:
            requests.append(request)
        sock.sendall(text)

    return talk


def ftp_talk(answers, data=b"", hook=None):
    """A talk of an FTP server that answers from a table.

    :param dict answers: by command word; ``{port}`` stands for the port of the data;
        b"" hangs up
    :param bytes data: sent for RETR and MLSD
    :param hook: called with each command line
    """

    def talk(sock):
        with socket.create_server(("127.0.0.1", 0)) as passive:
            port = passive.getsockname()[1]
            sock.sendall(b"220 hello\r\n")
            for line in sock.makefile("rb"):
                if hook:
                    hook(line)
                word = line.split()[0].decode().upper()
                told = answers.get(word, b"502 no\r\n")
                if not told:
                    return
                told = told.replace(b"{port}", str(port).encode())
                told = told.replace(b"{pasv}", b"%d,%d" % divmod(port, 256))
                if word in ("RETR", "MLSD", "NLST"):
                    sock.sendall(b"150 here\r\n")
                    connection, _address = passive.accept()
                    with connection:
                        connection.sendall(data)
                sock.sendall(told)

    return talk


#: What a plain FTP server without MLSD, SIZE and dates says.
FTP_ANSWERS = {
    "USER": b"331 password\r\n",
    "PASS": b"230 welcome\r\n",
    "TYPE": b"200 ok\r\n",
    "EPSV": b"229 ok (|||{port}|)\r\n",
    "PASV": b"227 ok (127,0,0,1,{pasv})\r\n",
    "RETR": b"226 done\r\n",
    "NLST": b"226 done\r\n",
    "MLSD": b"226 done\r\n",
}

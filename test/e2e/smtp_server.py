#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
# A real SMTP server for the tests (Debian's python3-aiosmtpd), on loopback.
#
#   smtp_server.py PORT DIR [--cert PEM --key PEM] [--login USER:PASSWORD] [--slow SECONDS]
#
# Each message it takes is DIR/NUMBER.eml as it came, and one JSON line in DIR/log.ndjson
# with its envelope. By their local part, recipients are refused for ever (refused550), for
# now (later450), or lose their message after its end (body554). With a certificate
# STARTTLS is demanded. "ready" on stdout when it listens.
import argparse
import asyncio
import json
import os
import ssl

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

ap = argparse.ArgumentParser()
ap.add_argument('port', type=int)
ap.add_argument('dir')
ap.add_argument('--cert')
ap.add_argument('--key')
ap.add_argument('--login')
ap.add_argument('--slow', type=float, default=0)
a = ap.parse_args()


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused550@'):
            return '550 5.1.1 no such mailbox'
        if address.startswith('later450@'):
            return '450 4.2.1 not now'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(a.slow)
        if any(r.startswith('body554@') for r in envelope.rcpt_tos):
            return '554 5.6.0 refused'
        Handler.count += 1
        name = f'{os.getpid()}-{Handler.count}.eml'
        with open(os.path.join(a.dir, name), 'wb') as f:
            f.write(envelope.original_content)
        with open(os.path.join(a.dir, 'log.ndjson'), 'a') as f:
            f.write(json.dumps({'file': name, 'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None,
                                'authenticated': session.authenticated}) + '\n')
        return '250 OK'


def authenticate(server, session, envelope, mechanism, data):
    good = a.login and (data.login + b':' + data.password) == a.login.encode()
    return AuthResult(success=bool(good), handled=False)


class Server(Controller):
    def factory(self):
        tls = None
        if a.cert:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(a.cert, a.key)
        return SMTP(self.handler, hostname='mail.test', tls_context=tls, require_starttls=bool(tls),
                    auth_required=bool(a.login), authenticator=authenticate, auth_require_tls=bool(tls))


server = Server(Handler(), hostname='127.0.0.1', port=a.port)
server.start()
print('ready', flush=True)
asyncio.new_event_loop().run_forever()

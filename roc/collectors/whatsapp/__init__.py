"""WhatsApp: messages and calls, from the text files of "Export chat".

Reads chats of iPhones and Android telephones, one or many, in a zip, a folder or bare
(``docs/sources/whatsapp.md``).
"""

from roc.collectors.whatsapp.export import collect, recognises, resembles

__all__ = ["collect", "recognises", "resembles"]

// Bluesky's own servers, for as long as standard input is open: a PDS, and an AppView where
// DB_POSTGRES_URL and REDIS_HOST say where its databases are. A line asks to index what is new.
const readline = require('node:readline')
const { TestNetwork, TestNetworkNoAppView } = require('@atproto/dev-env')

const tell = (told) => process.stdout.write(`roc ${JSON.stringify(told)}\n`)

async function main() {
  const full = Boolean(process.env.DB_POSTGRES_URL)
  const network = full
    ? await TestNetwork.create({ dbPostgresSchema: 'roc' })
    : await TestNetworkNoAppView.create({})
  tell({ url: network.pds.url, full })
  for await (const _line of readline.createInterface({ input: process.stdin })) {
    if (full) await network.processAll()
    tell({ indexed: full })
  }
  await network.close()
  process.exit(0)
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})

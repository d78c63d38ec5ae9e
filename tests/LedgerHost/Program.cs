using System.Globalization;
using CostLedger;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Writing;

// A process that writes a ledger, for tests that need several of them or one to kill.
// Arguments: the ledger, the number of callers, the calls each makes, the longest wait in milliseconds. No callers at all stand for
// one that reads a batch of so many results.
// Each caller's calls are the turns of a conversation, the same in every process.
// On standard output, a line each: "begun ID" when a call is noted, then "committed ID", "spooled ID", "queued ID" or "lost ID".
var path = args[0];
var callers = int.Parse(args[1], CultureInfo.InvariantCulture);
var calls = int.Parse(args[2], CultureInfo.InvariantCulture);
var options = new SqliteLedgerOptions { MaxCallerWait = TimeSpan.FromMilliseconds(int.Parse(args[3], CultureInfo.InvariantCulture)) };

const int TurnsPerConversation = 20;

await using var ledger = SqliteLedger.Open(path, options);
if (callers == 0)
{
    await ReadResults();
}

await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => MakeCalls(caller))));

async Task ReadResults()
{
    var bulk = ledger.BeginBulk();
    for (var i = 0; i < calls; i++)
    {
        var result = Started() with { Operation = Operation.BatchResult, BatchId = "msgbatch_host", CustomId = i.ToString(CultureInfo.InvariantCulture) };
        bulk.Add(result);
        if (i % 100 == 0)
        {
            Say("begun", result.Id);
        }
    }

    Say(Word(await bulk.CompleteAsync()), default);
}

async Task MakeCalls(int caller)
{
    var stored = 0;
    for (var i = 0; i < calls; i++)
    {
        var started = Started() with { Prompt = Turn(caller, i % TurnsPerConversation, stored) };
        var ticket = ledger.Begin(started);
        Say("begun", started.Id);
        var outcome = await ledger.WriteAsync(started with { Outcome = CallOutcome.Success, HttpStatus = 200 }, ticket);
        stored = i % TurnsPerConversation == TurnsPerConversation - 1 ? 0 : outcome == WriteOutcome.Committed ? started.Prompt.Depth : stored;
        Say(Word(outcome), started.Id);
    }
}

// One block that all share, then two a turn.
static PromptPath Turn(int caller, int turn, int stored)
{
    var depth = 3 + (2 * turn);
    return new PromptPath
    {
        Leaf = Chain(caller, depth),
        Depth = depth,
        Thread = (UInt128)caller,
        NewNodes = [.. Enumerable.Range(stored + 1, depth - stored).Select(at => new PromptNode
        {
            Chain = Chain(caller, at),
            Parent = at == 1 ? null : Chain(caller, at - 1),
            Segment = (UInt128)at,
            Level = PromptLevel.Messages,
            Kind = PromptKind.Text,
        })],
    };
}

static UInt128 Chain(int caller, int depth) => depth == 1 ? 1 : (((UInt128)caller + 1) << 64) | (UInt128)depth;

static string Word(WriteOutcome outcome) => outcome switch
{
    WriteOutcome.Committed => "committed",
    WriteOutcome.Spooled => "spooled",
    WriteOutcome.Queued => "queued",
    _ => "lost",
};

static CallRecord Started() => new()
{
    Id = CallId.Create(DateTimeOffset.UtcNow, new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64())),
    Provider = Provider.Anthropic,
    Operation = Operation.Messages,
    ModelRequested = "claude-opus-5",
    Outcome = CallOutcome.Error,
    Cost = new CallCost { Basis = CostBasis.Unpriced },
};

static void Say(string what, CallId id)
{
    lock (Console.Out)
    {
        Console.WriteLine($"{what} {id}");
    }
}

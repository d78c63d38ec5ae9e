using System.Diagnostics;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Tools;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace Telemetry.Benchmarks.Histories;

/// <summary>How long it takes to put 100,000 calls into conversations, half of which begin with the same words.</summary>
internal static class ThreadingSpeed
{
    private const int Conversations = 5_000;
    private const int Turns = 20;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("threading").FullName;
        try
        {
            var path = Path.Combine(folder, "ledger.db");
            await WriteAsync(path);
            using var reader = LedgerReader.Open(path);
            Print("conversations", () => reader.Conversations(new CallFilter()).Conversations.Count);
            Print("tools", () => (int)reader.Tools(new CallFilter()).Calls);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(string path)
    {
        var random = new Random(1);
        await using var ledger = SqliteLedger.Open(path);
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var chains = new UInt128[Conversations];
        var calls = new List<CallRecord>();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < Conversations; i++)
            {
                // A greeting is the same in half of all conversations; what follows is each one's own.
                var nodes = new List<PromptNode>();
                for (var block = turn == 0 ? 0 : (2 * turn) - 1; block <= 2 * turn; block++)
                {
                    var parent = block == 0 ? default(UInt128?) : chains[i];
                    chains[i] = block == 0 && i % 2 == 0 ? 12345 : new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
                    nodes.Add(new PromptNode
                    {
                        Chain = chains[i],
                        Parent = parent,
                        Segment = chains[i] * 3,
                        Level = PromptLevel.Messages,
                        Kind = PromptKind.Text,
                        Role = block % 2 == 0 ? PromptRole.User : PromptRole.Assistant,
                        Message = block,
                        Tokens = 50,
                    });
                }

                var at = start.AddMilliseconds(((turn * Conversations) + i) * 20L);
                calls.Add(new CallRecord
                {
                    Id = CallId.Create(at, (UInt128)random.NextInt64()),
                    Provider = Provider.Anthropic,
                    Operation = Operation.Messages,
                    ModelRequested = "claude-opus-5-5",
                    Outcome = CallOutcome.Success,
                    Usage = new TokenUsage { InputTokens = 100 * (turn + 1), OutputTokens = 50 },
                    Cost = new CallCost { Basis = CostBasis.Unpriced },
                    Prompt = new PromptPath { Leaf = chains[i], Depth = (2 * turn) + 1, NewNodes = nodes },
                });
            }
        }

        await Parallel.ForEachAsync(calls, async (call, _) => await ledger.WriteAsync(call, default));
    }

    private static void Print(string name, Func<int> ask)
    {
        var times = new List<double>();
        var answer = ask();
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            answer = ask();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-14} of {Conversations * Turns:N0} calls: median {times[Rounds / 2],7:N0} ms   ({answer:N0})");
    }
}

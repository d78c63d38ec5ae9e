using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Prompting;

namespace Telemetry.Handler;

/// <summary>
/// The readers of prompts, one for each ledger and choice of options: handlers come and go, as with IHttpClientFactory, and what was
/// learned stays.
/// </summary>
internal static class PromptWatches
{
    private const string Learning = "learn from ledger";

    private static readonly ConditionalWeakTable<ICallLedger, ConcurrentDictionary<Choice, PromptWatch>> Shared = [];

    /// <summary>The reader for a ledger; one of its own where there is none.</summary>
    public static PromptWatch Of(ICallLedger? ledger, Lazy<byte[]> key, MessagesTelemetryOptions options)
    {
        var choice = new Choice(options.Tokenizer, options.PromptMemoryBytes);
        return ledger is null
            ? Begin(null, key, choice, options.TimeProvider)
            : Shared.GetOrCreateValue(ledger).GetOrAdd(
                choice, static (choice, s) => Begin(s.path, s.key, choice, s.time), (path: PathOf(options), key, time: options.TimeProvider));
    }

    private static string PathOf(MessagesTelemetryOptions options) => options.Ledger?.Path ?? SqliteLedger.DefaultPath;

    private static PromptWatch Begin(string? path, Lazy<byte[]> key, Choice choice, TimeProvider time)
    {
        var watch = new PromptWatch(key, choice.Tokenizer, choice.MemoryBytes, time);

        // Nobody waits for it: a first call that comes before is estimated by the shipped constants.
        _ = Task.Run(() => Prepare(watch, path));
        return watch;
    }

    /// <summary>Reads the vocabulary, and what the ledger knows of earlier calls.</summary>
    /// <param name="watch">What is prepared.</param>
    /// <param name="path">The ledger's file, which need not be there; null: none.</param>
    public static void Prepare(PromptWatch watch, string? path)
    {
        Quietly.Run("read vocabulary", watch, static watch => watch.Warm());
        if (path is not null && File.Exists(path))
        {
            Quietly.Run(Learning, (watch, path), static s => Learn(s.watch, s.path));
        }

        watch.IsPrepared = true;
    }

    private static void Learn(PromptWatch watch, string path)
    {
        using var ledger = LedgerReader.Open(path);
        watch.Learn(ledger);
    }

    private readonly record struct Choice(Tokens.ITokenCounter? Tokenizer, long MemoryBytes);
}

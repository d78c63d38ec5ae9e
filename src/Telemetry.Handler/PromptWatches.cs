using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Writing;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Prompting.Caches;

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
    public static PromptWatch Of(ICallLedger? ledger, Lazy<byte[]> key, PriceBook prices, MessagesTelemetryOptions options, bool keepsTexts = false)
    {
        var choice = new Choice(options.Tokenizer, options.PromptMemoryBytes, keepsTexts);
        return ledger is null
            ? Begin(new Surroundings(null, key, prices, options.TimeProvider), choice)
            : Shared.GetOrCreateValue(ledger).GetOrAdd(
                choice, static (choice, surroundings) => Begin(surroundings, choice), new Surroundings(PathOf(options), key, prices, options.TimeProvider));
    }

    private static string PathOf(MessagesTelemetryOptions options) => options.Ledger?.Path ?? SqliteLedger.DefaultPath;

    private static PromptWatch Begin(Surroundings surroundings, Choice choice)
    {
        var path = surroundings.Path;
        var caches = new CacheWatch(new CacheOptions { KeepsTexts = choice.KeepsTexts }, surroundings.Prices, () => Open(path), surroundings.Time);
        var watch = new PromptWatch(surroundings.Key, choice.Tokenizer, choice.MemoryBytes, surroundings.Time, caches);

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

    private static LedgerReader? Open(string? path) => path is not null && File.Exists(path) ? LedgerReader.Open(path) : null;

    private sealed record Surroundings(string? Path, Lazy<byte[]> Key, PriceBook Prices, TimeProvider Time);

    private readonly record struct Choice(Tokens.ITokenCounter? Tokenizer, long MemoryBytes, bool KeepsTexts);
}

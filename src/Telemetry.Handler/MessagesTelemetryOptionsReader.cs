using System.Security.Cryptography;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Observing;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler;

/// <summary>Checks options and turns them into what the calls share.</summary>
internal static class MessagesTelemetryOptionsReader
{
    public static CallSettings Read(MessagesTelemetryOptions options)
    {
        Check(options);
        var conventions = options.Conventions ?? ConventionsSetting.Of(Environment.GetEnvironmentVariable(ConventionsSetting.Variable));
        var telemetry = HandlerTelemetry.Shared(conventions);
        var prices = options.Prices ?? PriceBook.Default;
        return WithPrices(Read(options, conventions, telemetry, prices), prices);
    }

    /// <summary>The settings with another price list, of which the ledger keeps a copy: its costs can be explained later.</summary>
    public static CallSettings WithPrices(CallSettings settings, PriceBook prices)
    {
        switch (settings.Ledger)
        {
            case SqliteLedger ledger:
                ledger.Keep(prices.Version, prices.Content);
                break;
            case ProcessLedger ledger:
                ledger.Keep(prices);
                break;
            default:
                break;
        }

        return settings with { Prices = prices };
    }

    private static CallSettings Read(
        MessagesTelemetryOptions options,
        SemanticConventions conventions,
        HandlerTelemetry telemetry,
        PriceBook prices)
    {
        var key = KeyOf(options);
        return new CallSettings
        {
            Ledger = LedgerOf(options, telemetry),
            Prices = prices,
            Time = options.TimeProvider,
            Telemetry = telemetry,
            Spans = new SpanOptions { Conventions = conventions, CostAlias = options.EmitCostAlias },
            Attempts = new AttemptGroups(options.TimeProvider),
            MaxRequestBytes = options.MaxRequestBytes,
            Labels = new LabelReader(options.KeepSessionNames ? null : new SessionHash(key)),
            LimitScopes = new ScopeHash(key),
            BaseLabels = LabelSet.None.With(null, null, null, options.Tags),
        };
    }

    private static void Check(MessagesTelemetryOptions options)
    {
        var faults = new List<string>();
        if (options.TimeProvider is null)
        {
            faults.Add($"{nameof(options.TimeProvider)} must not be null.");
        }

        if (options.MaxRequestBytes < 0)
        {
            faults.Add($"{nameof(options.MaxRequestBytes)} must not be negative (it is {options.MaxRequestBytes}).");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }
    }

    private static ICallLedger? LedgerOf(MessagesTelemetryOptions options, HandlerTelemetry telemetry)
    {
        if (!options.WriteToLedger)
        {
            return null;
        }

        if (options.Ledger is { } ledger)
        {
            telemetry.Ledger.Watch(ledger, static l => l.Statistics.Waiting);
            return ledger;
        }

        ProcessLedger.Shared.EnsureOpening();
        return ProcessLedger.Shared;
    }

    private static Lazy<byte[]> KeyOf(MessagesTelemetryOptions options)
    {
        var path = options.WriteToLedger ? options.Ledger?.Path ?? SqliteLedger.DefaultPath : null;
        return new Lazy<byte[]>(() => path is null
            ? RandomNumberGenerator.GetBytes(SessionKey.ByteCount)
            : SessionKey.LoadOrCreate(path));
    }
}

using CostLedger;
using CostLedger.Pricing;
using CostLedger.Writing;
using Telemetry.Handler.Observing;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler;

/// <summary>Checks options and turns them into what the calls share.</summary>
internal static class MessagesTelemetryOptionsReader
{
    private const string KeySuffix = ".key";

    public static CallSettings Read(MessagesTelemetryOptions options)
    {
        Check(options);
        var conventions = options.Conventions ?? HandlerTelemetry.ConventionsOf(Environment.GetEnvironmentVariable);
        return new CallSettings
        {
            Ledger = LedgerOf(options),
            Prices = options.Prices ?? PriceBook.Default,
            Time = options.TimeProvider,
            Telemetry = new HandlerTelemetry(HandlerInstruments.Shared, conventions, options.EmitCostAlias),
            MaxRequestBytes = options.MaxRequestBytes,
            StallThreshold = options.StallThreshold,
            Labels = new LabelSettings(Copy(options.Tags), options.KeepSessionNames, HashOf(options)),
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

        if (options.StallThreshold <= TimeSpan.Zero)
        {
            faults.Add($"{nameof(options.StallThreshold)} must be positive (it is {options.StallThreshold}).");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }
    }

    private static ICallLedger? LedgerOf(MessagesTelemetryOptions options)
    {
        if (!options.WriteToLedger)
        {
            return null;
        }

        if (options.Ledger is { } ledger)
        {
            return ledger;
        }

        ProcessLedger.Shared.EnsureOpening();
        return ProcessLedger.Shared;
    }

    private static KeyedHash HashOf(MessagesTelemetryOptions options) => options switch
    {
        { WriteToLedger: false } => KeyedHash.InMemory(),
        { Ledger: { } ledger } => KeyedHash.InFile(ledger.Path + KeySuffix),
        _ => KeyedHash.InFile(SqliteLedger.DefaultPath + KeySuffix),
    };

    private static Dictionary<string, string>? Copy(IReadOnlyDictionary<string, string>? tags) =>
        tags is null ? null : new Dictionary<string, string>(tags, StringComparer.Ordinal);
}

using System.Globalization;
using System.Security.Cryptography;
using CostLedger;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Connections;
using Telemetry.Handler.Content;
using Telemetry.Handler.Content.Parts;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Draining;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Events;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Observing;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Spans;
using Telemetry.Handler.ToolRounds;

namespace Telemetry.Handler;

/// <summary>Checks options and turns them into what the calls share.</summary>
internal static class MessagesTelemetryOptionsReader
{
    private const int LongestTokenizerName = 100;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(1);

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
        var ledger = LedgerOf(options, telemetry);
        return new CallSettings
        {
            Ledger = ledger,
            Prices = prices,
            Time = options.TimeProvider,
            Telemetry = telemetry,
            Spans = new SpanOptions { Conventions = conventions, CostAlias = options.EmitCostAlias },
            Attempts = new AttemptGroups(options.TimeProvider, options.ExpectedRetries),
            ClientMetrics = options.ClientMetrics,
            ChunkMetrics = options.EmitChunkMetrics,
            Drainer = DrainerOf(options, telemetry),
            Events = CallEvents.Create(options.LoggerFactory, options.LogOperationDetails, conventions),
            Content = ContentOf(options),
            Prompts = options.ReadPrompts ? PromptWatches.Of(ledger, key, prices, options, keepsTexts: ContentOf(options) is not null) : null,
            LoopRounds = options.ToolLoopRounds,
            EstimateFirst = options.EstimateBeforeSend || options.AllowSend is not null,
            OnEstimate = options.OnEstimate,
            AllowSend = options.AllowSend,
            MaxRequestBytes = options.MaxRequestBytes,
            Progress = new ProgressSettings(options.OnProgress, options.ProgressInterval, options.MaxCostPerCall),
            Connections = options.ObserveConnections ? ConnectionListener.Shared : null,
            Aliases = ModelAliases.From(options.ModelAliases),
            Labels = new LabelReader(options.KeepSessionNames ? null : new SessionHash(key)),
            LimitScopes = new ScopeHash(key),
            Workspaces = new WorkspaceHash(key),
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

        CheckDrain(options.DrainAbandonedStreams, faults);
        CheckProgress(options, faults);
        CheckPrompts(options, faults);
        faults.AddRange(ModelAliases.Faults(options.ModelAliases));
        if (options.ExpectedRetries < 0)
        {
            faults.Add($"{nameof(options.ExpectedRetries)} must not be negative (it is {options.ExpectedRetries}).");
        }

        if (!Enum.IsDefined(options.ClientMetrics))
        {
            faults.Add($"{nameof(options.ClientMetrics)} must be one of Auto, Always and Never (it is {options.ClientMetrics}).");
        }

        if (options.ToolLoopRounds is not (0 or (>= 2 and <= LoopFinder.MaxThreshold)))
        {
            faults.Add($"{nameof(options.ToolLoopRounds)} must be 0, or from 2 to {LoopFinder.MaxThreshold} (it is {options.ToolLoopRounds}).");
        }

        if (options.PromptMemoryBytes < 1)
        {
            faults.Add($"{nameof(options.PromptMemoryBytes)} must be above zero (it is {options.PromptMemoryBytes}).");
        }

        if (options.MaxContentBytes < 0)
        {
            faults.Add($"{nameof(options.MaxContentBytes)} must not be negative (it is {options.MaxContentBytes}).");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }
    }

    private static void CheckDrain(DrainOptions? drain, List<string> faults)
    {
        const string Name = nameof(MessagesTelemetryOptions.DrainAbandonedStreams);
        if (drain is { MaxTime: var time } && (time <= TimeSpan.Zero || time > LongestDrain))
        {
            faults.Add($"{Name}.{nameof(drain.MaxTime)} must be above zero and at most {LongestDrain.TotalHours} h (it is {time}).");
        }

        if (drain is { MaxBytes: < 1 })
        {
            faults.Add($"{Name}.{nameof(drain.MaxBytes)} must be above zero (it is {drain.MaxBytes}).");
        }

        if (drain is { MaxConcurrent: < 1 })
        {
            faults.Add($"{Name}.{nameof(drain.MaxConcurrent)} must be above zero (it is {drain.MaxConcurrent}).");
        }
    }

    private static void CheckPrompts(MessagesTelemetryOptions options, List<string> faults)
    {
        if (options.PromptMemoryBytes < 1)
        {
            faults.Add($"{nameof(options.PromptMemoryBytes)} must be above zero (it is {options.PromptMemoryBytes}).");
        }

        // A budget that is never asked is worse than none.
        if (!options.ReadPrompts && (options.AllowSend is not null || options.OnEstimate is not null || options.EstimateBeforeSend))
        {
            faults.Add($"{nameof(options.AllowSend)}, {nameof(options.OnEstimate)} and {nameof(options.EstimateBeforeSend)} need {nameof(options.ReadPrompts)}.");
        }

        if (options.Tokenizer is { Name: var name } && (string.IsNullOrWhiteSpace(name) || name.Length > LongestTokenizerName))
        {
            faults.Add($"{nameof(options.Tokenizer)}.{nameof(options.Tokenizer.Name)} must have 1 to {LongestTokenizerName} characters; it is stored beside estimates.");
        }
    }

    private static void CheckProgress(MessagesTelemetryOptions options, List<string> faults)
    {
        if (options.ProgressInterval < TimeSpan.Zero)
        {
            faults.Add($"{nameof(options.ProgressInterval)} must not be negative (it is {options.ProgressInterval}).");
        }

        if (options.MaxCostPerCall is { } limit && limit < NanoUsd.Zero)
        {
            faults.Add($"{nameof(options.MaxCostPerCall)} must not be negative (it is {limit} USD).");
        }
    }

    private static Drainer? DrainerOf(MessagesTelemetryOptions options, HandlerTelemetry telemetry) =>
        options.DrainAbandonedStreams is { } drain
            ? new Drainer(new DrainLimits(drain.MaxTime, drain.MaxBytes, drain.MaxConcurrent, drain.AllProviders), options.TimeProvider, telemetry.Ledger)
            : null;

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

    private static ContentOptions? ContentOf(MessagesTelemetryOptions options) =>
        options.CaptureContent ?? ContentSetting.IsOn(Environment.GetEnvironmentVariable(ContentSetting.Variable))
            ? new ContentOptions { MaxBytes = options.MaxContentBytes, ToolParameters = options.CaptureToolParameters }
            : null;

    private static Lazy<byte[]> KeyOf(MessagesTelemetryOptions options)
    {
        var path = options.WriteToLedger ? options.Ledger?.Path ?? SqliteLedger.DefaultPath : null;
        return new Lazy<byte[]>(() => path is null ? RandomNumberGenerator.GetBytes(SessionKey.ByteCount) : LoadKey(path));
    }

    private static byte[] LoadKey(string path)
    {
        var key = SessionKey.LoadOrCreate(path, out var isNew);
        if (isNew && File.Exists(path))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static path => Quietly.Run("new key", path, TellNewKey), path, preferLocal: false);
        }

        return key;
    }

    // Beside a ledger that is new too there is nothing to tell.
    private static void TellNewKey(string path)
    {
        using var ledger = LedgerReader.Open(path);
        if (ledger.LastPrompts(DateTimeOffset.UnixEpoch, atMost: 1) is [{ Call: var call }])
        {
            HandlerEventSource.Log.KeyIsNew(path, call.StartedAt.ToString("u", CultureInfo.InvariantCulture));
        }
    }
}

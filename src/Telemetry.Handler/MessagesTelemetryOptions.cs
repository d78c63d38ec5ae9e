using CostLedger;
using CostLedger.Pricing;
using CostLedger.Records;
using Microsoft.Extensions.Logging;
using Telemetry.Handler.Names;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Segments.Tries;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler;

/// <summary>How a <see cref="MessagesTelemetryHandler"/> observes. Read once, when the handler is made.</summary>
public sealed class MessagesTelemetryOptions
{
    /// <summary>The default of <see cref="MaxRequestBytes"/>: the API's own limit for a request, 32 MiB.</summary>
    public const int DefaultMaxRequestBytes = 32 * 1024 * 1024;

    /// <summary>The default of <see cref="MaxContentBytes"/>, which is also the official SDK's.</summary>
    public const int DefaultMaxContentBytes = 750_000;

    /// <summary>The ledger that records go to. The handler does not dispose it.</summary>
    /// <value>Null: the ledger at <see cref="SqliteLedger.DefaultPath"/>, shared by the whole process, opened at the first call.</value>
    public SqliteLedger? Ledger { get; set; }

    /// <summary>Whether records are written to a ledger at all; spans and metrics do not need one.</summary>
    /// <value>True.</value>
    public bool WriteToLedger { get; set; } = true;

    /// <summary>The price list.</summary>
    /// <value>Null: <see cref="PriceBook.Default"/>.</value>
    public PriceBook? Prices { get; set; }

    /// <summary>The clock, wall and monotonic.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Whether prompts and answers are put on inference spans, and into the log event that tells a whole call. The ledger never
    /// holds any. Binary data and signatures are left out, and what looks like a key, a token or a cookie is masked.
    /// </summary>
    /// <value>Null: <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> decides, else false.</value>
    public bool? CaptureContent { get; set; }

    /// <summary>Whether captured tool definitions hold descriptions and parameters, not only types and names.</summary>
    /// <value>False.</value>
    public bool CaptureToolParameters { get; set; }

    /// <summary>
    /// The most content on one span, in bytes of UTF-8. Where it is more, long texts are shortened and the oldest parts dropped, and
    /// the span says so.
    /// </summary>
    /// <value>750,000.</value>
    public int MaxContentBytes { get; set; } = DefaultMaxContentBytes;

    /// <summary>
    /// Makes the logger for log events: failed attempts, exceptions, models without a price. The category is
    /// <c>Telemetry.Handler</c>. <c>AddMessagesTelemetry</c> takes it from the services.
    /// </summary>
    /// <value>Null: no log events.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether each call is also told as one log event with all that its span holds (level debug). With
    /// <see cref="CaptureContent"/> it holds prompts and answers, so it is not for loggers that write to files or screens.
    /// </summary>
    /// <value>False.</value>
    public bool LogOperationDetails { get; set; }

    /// <summary>
    /// What stands behind names that do not tell their model: a Microsoft Foundry deployment, the ARN (or the last part of it) of
    /// a Bedrock application inference profile, a route of a gateway. The name is as requests have it, in any case; the model is an
    /// id in any provider's spelling, and a Bedrock profile in it (<c>us.anthropic.claude-…</c>) decides the regional price.
    /// </summary>
    /// <remarks>
    /// An answer that names another model of Claude's than the request goes before the alias. Without an alias, calls whose answer
    /// does not name their model either are recorded without a cost.
    /// </remarks>
    /// <value>Null: none. No name or model may be empty, and no name occur twice in different case.</value>
    public IReadOnlyDictionary<string, string>? ModelAliases { get; set; }

    /// <summary>Tags put on every call of this handler; labels given for a call replace those of the same key.</summary>
    /// <value>Null: none.</value>
    public IReadOnlyDictionary<string, string>? Tags { get; set; }

    /// <summary>Whether session names found in a request's <c>metadata.user_id</c> are stored in clear instead of as a keyed hash.</summary>
    /// <value>False.</value>
    public bool KeepSessionNames { get; set; }

    /// <summary>The largest request body that is looked into, in bytes. A larger one is sent and recorded without its details.</summary>
    /// <value>33,554,432.</value>
    public int MaxRequestBytes { get; set; } = DefaultMaxRequestBytes;

    /// <summary>
    /// Whether prompts are read: their tokens are estimated before the answer, their blocks are kept as keyed hashes. It is done
    /// beside the sending and delays no call.
    /// </summary>
    /// <value>True.</value>
    public bool ReadPrompts { get; set; } = true;

    /// <summary>
    /// How often a tool is called with the same arguments, or brings the same error, until that is told as a loop
    /// (<c>costledger.loop.detected</c>). It is seen in a request's own history; 0: nobody looks.
    /// </summary>
    /// <value>3. At least 2 where it is not 0, at most 16.</value>
    public int ToolLoopRounds { get; set; } = 3;

    /// <summary>
    /// Whether the estimate is made before the request is sent, for applications that act on it. A prompt of 100 kB takes about a
    /// millisecond the first time; what was sent before takes less. A content that gives its bytes while they are sent, such as a
    /// stream, is then read before, and sent out of memory: the same bytes, in fewer chunks.
    /// </summary>
    /// <value>False: while the answer is awaited.</value>
    public bool EstimateBeforeSend { get; set; }

    /// <summary>
    /// Is told what a call is expected to take: before it is sent with <see cref="EstimateBeforeSend"/>, else on a thread of the
    /// pool as soon as it is known. What it throws is counted and goes no further.
    /// </summary>
    /// <value>Null: nobody is told.</value>
    public Action<CallExpectation>? OnEstimate { get; set; }

    /// <summary>
    /// Is asked before a call is sent, for budgets; the estimate is then made first. On false nothing is sent, and the caller gets a
    /// <see cref="CallWithheldException"/>. A call that cannot be estimated, and one for which this throws, is sent.
    /// </summary>
    /// <value>Null: all calls are sent.</value>
    public Func<CallExpectation, bool>? AllowSend { get; set; }

    /// <summary>The tokenizer that prompts are counted with.</summary>
    /// <value>Null: <see cref="TokenCounter.O200kBase"/>, for which the estimates are calibrated.</value>
    public ITokenCounter? Tokenizer { get; set; }

    /// <summary>The most bytes that are used to remember prompts in, so that nothing is tokenized or stored twice.</summary>
    /// <value>16,777,216: about 170,000 blocks.</value>
    public long PromptMemoryBytes { get; set; } = PromptTrie.DefaultMemoryBytes;

    /// <summary>
    /// How far answers that their callers stop reading are read on in the background, so that their cost is measured instead of
    /// estimated. Bedrock bills them in full either way.
    /// </summary>
    /// <value>Null: not at all.</value>
    public DrainOptions? DrainAbandonedStreams { get; set; }

    /// <summary>
    /// Is told how far a streamed answer has come and what it costs so far: at its beginning, at most once each
    /// <see cref="ProgressInterval"/> while it arrives, and once more when the provider has told the figures. Called where the
    /// caller reads its stream, so it must be quick; what it throws is counted and goes no further. The span of the call is
    /// kept up to date at the same moments, also where only <see cref="MaxCostPerCall"/> is set.
    /// </summary>
    /// <value>Null: nobody is told, and nothing is counted.</value>
    public Action<CallProgress>? OnProgress { get; set; }

    /// <summary>The least time between two calls of <see cref="OnProgress"/> for one answer. Without news there is none.</summary>
    /// <value>A quarter of a second.</value>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The cost above which a streamed answer is stopped: the connection is closed, and the caller's next read throws
    /// <see cref="CostLimitExceededException"/>. What was read before stays sound. The cost is estimated while the answer arrives,
    /// and a model without a price is not stopped. <see cref="CallContext"/> and <see cref="MessagesRequestOptions.MaxCost"/> go before it.
    /// </summary>
    /// <value>Null: no answer is stopped. Not negative.</value>
    public NanoUsd? MaxCostPerCall { get; set; }

    /// <summary>
    /// Whether records tell if the request went over a connection that was open already (<c>TransferFacts.IsConnectionReused</c>).
    /// The runtime's event source <c>System.Net.Http</c> is listened to for it, once for the process and until its end. That costs
    /// each request of every <see cref="HttpClient"/> of the process, observed or not, some microseconds and 1.1 kB of garbage.
    /// </summary>
    /// <value>False: nothing is listened to.</value>
    public bool ObserveConnections { get; set; }

    /// <summary>Which names of the GenAI semantic conventions are used.</summary>
    /// <value>Null: <c>OTEL_SEMCONV_STABILITY_OPT_IN</c> decides, else version 1.41.</value>
    public SemanticConventions? Conventions { get; set; }

    /// <summary>
    /// When the conventions' metrics (<c>gen_ai.client.*</c>) are recorded: by default except where Microsoft.Extensions.AI
    /// traces the call and records them itself.
    /// </summary>
    /// <value><see cref="ClientMetrics.Auto"/>.</value>
    public ClientMetrics ClientMetrics { get; set; }

    /// <summary>
    /// Whether the time between pieces of output is recorded (<c>gen_ai.client.operation.time_per_output_chunk</c>): one
    /// measurement for each piece of each streamed answer.
    /// </summary>
    /// <value>False.</value>
    public bool EmitChunkMetrics { get; set; }

    /// <summary>
    /// How often the client around this handler sends a call again that failed in a way that can pass: the official SDK's
    /// <c>MaxRetries</c>, or the count of a retry handler. By it the metrics that count operations know the last attempt
    /// without waiting for one that never comes.
    /// </summary>
    /// <value>Null: twice for the official SDK, its default; for other clients each failure counts as the end of an operation.</value>
    public int? ExpectedRetries { get; set; }

    /// <summary>Whether the cost is also put on spans as <c>gen_ai.usage.cost.*</c>, a proposal to the conventions.</summary>
    /// <value>False.</value>
    public bool EmitCostAlias { get; set; }
}

using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Bodies;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Estimating.Sizing;
using Telemetry.Handler.Headers;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>Has a call's prompt read, and tells the application what is expected of it.</summary>
internal readonly struct PromptSteps(CallSettings settings, CallSketch sketch, InferenceSpan? span)
{
    private const string InterleavedThinking = "interleaved-thinking";

    /// <summary>Whether the body must be known before it is sent.</summary>
    public bool NeedBodyFirst => settings is { EstimateFirst: true, Prompts: not null } && HasPrompt(sketch.Endpoint.Operation);

    /// <summary>Begins. It is done beside the sending: the answer is awaited longer than this takes.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="inFlight">The call so far.</param>
    /// <param name="request">The request.</param>
    /// <param name="mayWait">Whether a small prompt can be left to the thread that will await the answer.</param>
    public void Start(RequestBody body, CallRecord inFlight, HttpRequestMessage request, bool mayWait)
    {
        if (settings.Prompts is not { } prompts || !HasPrompt(inFlight.Operation))
        {
            return;
        }

        var betas = RequestHeaders.Read(request).Betas;
        var all = betas.Count > 0 ? betas : sketch.Request.BetasInBody;
        var question = new PromptQuestion
        {
            Request = sketch.Request,
            Pricing = PricingRequest.From(inFlight),
            Prices = settings.Prices,
            LoopRounds = settings.LoopRounds,
            IsInterleaved = all.Any(static beta => beta.StartsWith(InterleavedThinking, StringComparison.Ordinal)),
            Cache = inFlight.Operation == Operation.Messages ? AboutCache(request, betas) : null,
        };

        // At last, since nothing may fail before somebody gives it back.
        if (body.Borrow() is not { } lent)
        {
            return;
        }

        var job = new PromptJob(prompts, lent, question, settings.OnEstimate is null || settings.EstimateFirst ? null : Tell);
        sketch.Prompt = job;
        if (!mayWait || !job.IsSmall)
        {
            job.Queue();
        }
    }

    /// <summary>Waits for the estimate and asks the application, where it wants that before anything is sent.</summary>
    /// <exception cref="CallWithheldException">It does not allow the call.</exception>
    public async ValueTask AskAsync()
    {
        if (settings.EstimateFirst && sketch.Prompt is { } prompt)
        {
            Ask(await prompt.FinishAsync().ConfigureAwait(false));
        }
    }

    /// <summary>The same for callers that cannot await.</summary>
    /// <exception cref="CallWithheldException">It does not allow the call.</exception>
    public void Ask()
    {
        if (settings.EstimateFirst && sketch.Prompt is { } prompt)
        {
            Ask(prompt.Finish());
        }
    }

    /// <summary>Tells the trace what is expected, once; on the flow of the call.</summary>
    public void Describe()
    {
        if (sketch.IsExpectationTold || sketch.Prompt?.Readout is not { Estimate: { } estimate } readout)
        {
            return;
        }

        sketch.IsExpectationTold = true;
        var cache = readout.Expected is { Breakpoints: > 0 } expected
            ? new CacheTags.Expected(expected.Write5mTokens + expected.Write1hTokens, expected.Cost, expected.Break)
            : new CacheTags.Expected(null, null, readout.Expected?.Break);
        span?.Describe(estimate, cache);
        if (cache.Break is { } lost)
        {
            settings.Events?.Foresee(span?.Activity, sketch.Id, sketch.ModelRequested, lost);
        }
    }

    private static bool HasPrompt(Operation operation) => operation is Operation.Messages or Operation.CountTokens;

    // On the thread that made the estimate; the span belongs to the flow of the call.
    private void Tell(PromptReadout readout)
    {
        if (readout.Estimate is { } estimate)
        {
            Tell(Expectation(readout, estimate));
        }
    }

    private void Tell(CallExpectation expectation)
    {
        if (settings.OnEstimate is { } tell)
        {
            Quietly.Run("on estimate", (tell, expectation), static s => s.tell(s.expectation));
        }
    }

    // The application's own answer is taken as it is; what it throws is counted, and allows the call.
    private void Ask(PromptReadout? readout)
    {
        if (readout?.Estimate is not { } estimate)
        {
            return;
        }

        Quietly.Run("describe estimate", this, static steps => steps.Describe());
        var expectation = Expectation(readout, estimate);
        Tell(expectation);
        if (settings.AllowSend is { } allow && !Quietly.Run("allow send", (allow, expectation), static s => s.allow(s.expectation), otherwise: true))
        {
            throw new CallWithheldException(expectation);
        }
    }

    private CacheQuestion AboutCache(HttpRequestMessage request, IReadOnlyList<string> betas) => new()
    {
        Call = sketch.Id,
        Started = CacheMoment.Now(settings.Time),
        Scope = new CacheScope(
            sketch.Endpoint.Provider, settings.Workspaces.Of(request, sketch.Endpoint), sketch.Endpoint.Location, sketch.ModelAlias ?? sketch.ModelRequested),
        Betas = betas,
        Conversation = sketch.Labels.Labels.Conversation,
    };

    private CallExpectation Expectation(PromptReadout readout, TokenEstimate estimate) => new()
    {
        Id = sketch.Id,
        Labels = sketch.Labels.Labels,
        Model = sketch.ModelRequested,
        InputTokens = estimate.InputTokens ?? 0,
        InputTokensLow = estimate.InputTokensLow ?? 0,
        InputTokensHigh = estimate.InputTokensHigh ?? 0,
        OutputTokens = estimate.ExpectedOutputTokens,
        OutputTokensLow = estimate.ExpectedOutputTokensLow,
        OutputTokensHigh = estimate.ExpectedOutputTokensHigh,
        Cost = estimate.ExpectedCost,
        CostLow = estimate.ExpectedCostLow,
        CostHigh = estimate.ExpectedCostHigh,
        CostMost = readout.CostMost,
        Cache = readout.Expected,
        Doubts = DoubtNames.Of(readout.Call?.Doubts ?? Doubt.None),
    };
}

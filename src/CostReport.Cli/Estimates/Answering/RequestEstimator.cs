using System.Diagnostics.CodeAnalysis;
using CostLedger.Pricing;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Estimates.Inputs;
using CostReport.Cli.Estimates.Reviewing;
using CostReport.Cli.World;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>Estimates requests: tokens, costs, findings, comparison.</summary>
/// <param name="book">The price list.</param>
/// <param name="options">What is asked for.</param>
/// <param name="surroundings">The clock and the estimator.</param>
internal sealed class RequestEstimator(PriceBook book, EstimateOptions options, Surroundings surroundings)
{
    /// <summary>The price list.</summary>
    public PriceBook Book => book;

    /// <summary>Estimates a request; what cannot be estimated is an answer with its error.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request: what is wrong with one must not end the others, and is said.")]
    public EstimateAnswer Answer(FoundRequest request, long? line = null)
    {
        try
        {
            return Estimate(request) with { Line = line };
        }
        catch (UserError error)
        {
            return new EstimateAnswer { Line = line, Request = request, Error = new UserError(error.Code, $"the request {error.Message}") };
        }
        catch (Exception error)
        {
            var fault = $"the request cannot be estimated, by a fault of costreport ({error.GetType().FullName}: {error.Message}); please report it";
            return new EstimateAnswer { Line = line, Request = request, Error = new UserError(ExitCode.Fault, fault) };
        }
    }

    /// <summary>Estimates a request.</summary>
    /// <exception cref="UserError">It cannot be estimated.</exception>
    public EstimateAnswer Estimate(FoundRequest request)
    {
        _ = JsonParts.OfDocument(request.Body);
        var parameters = RequestSnapshot.Read(request.Body.Span);
        var terms = Terms(request, parameters);
        var estimate = Tokens(request, terms.Model);
        var pricer = new CallPricer(book, terms);
        var breakpoints = CachePlan.Breakpoints(estimate, pricer);
        var output = options.OutputTokens ?? (parameters.MaxTokens == 0 ? 0 : null);
        var estimated = new EstimatedRequest
        {
            Request = request,
            Parameters = parameters,
            Prompt = Blocks(request),
            Estimate = estimate,
            Terms = terms,
            Match = pricer.Match,
            OutputTokens = output,
            Breakpoints = breakpoints,
            Costs = CostSheet.Of(estimate, parameters, breakpoints, pricer, output),
        };
        return new EstimateAnswer
        {
            Request = request,
            Estimated = estimated,
            Findings = Reviewer.Review(estimated),
            Compared = options.Compare is { } glob
                ? new Comparison(book, terms, model => surroundings.Estimate(request.Body, model, request.Betas)).Models(glob, parameters, output)
                : null,
        };
    }

    private CallTerms Terms(FoundRequest request, RequestSnapshot parameters) => new()
    {
        Model = options.Model ?? request.Model ?? parameters.Model,
        Provider = options.Provider ?? request.Provider ?? ProviderOf(parameters.VersionInBody),
        Location = request.Location,
        IsBatch = options.IsBatch || request.IsBatch,
        Speed = parameters.Speed,
        Geo = parameters.InferenceGeo,
        At = surroundings.Time.GetUtcNow(),
    };

    // bedrock-2023-05-31, vertex-2023-10-16
    private static Provider ProviderOf(string? version) =>
        version?.StartsWith("bedrock", StringComparison.OrdinalIgnoreCase) == true ? Provider.Bedrock
        : version?.StartsWith("vertex", StringComparison.OrdinalIgnoreCase) == true ? Provider.Vertex
        : Provider.Anthropic;

    private PromptEstimate Tokens(FoundRequest request, string? model)
    {
        try
        {
            return surroundings.Estimate(request.Body, model, request.Betas);
        }
        catch (PromptUnreadableException error)
        {
            throw Blocks(request).Faults switch
            {
                var faults when faults.HasFlag(SegmentFaults.ThreadContinued) => new UserError(
                    ExitCode.No, "goes on with a thread whose beginning only the provider has, estimate impossible: give a request with the whole conversation"),
                var faults when faults.HasFlag(SegmentFaults.NoMessages) => UserError.Usage("has no messages: give the whole body of a Messages request"),
                _ => UserError.Usage($"cannot be estimated: {error.Message}"),
            };
        }
    }

    private static SegmentedPrompt Blocks(FoundRequest request)
    {
        // The hashes are compared within this request alone.
        using var hasher = new SegmentHasher("estimate"u8);
        using var reader = new SegmentReader(hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(request.Body.Span, prompt);
        return prompt;
    }
}

using System.Text;
using CostLedger.Pricing;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Inputs;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;

namespace CostReport.Cli.Tests.Estimates.Reviewing;

/// <summary>Requests as the command estimates and reviews them, with figures that never change.</summary>
internal static class Reviewed
{
    /// <summary>The codes of what is found, the gravest first.</summary>
    public static List<string> Codes(string body, string? model = null) => [.. Answer(body, model).Findings.Select(finding => finding.Code)];

    public static EstimateAnswer Answer(string body, string? model = null, DateTimeOffset? at = null)
    {
        var surroundings = new Surroundings
        {
            Output = Stream.Null,
            Errors = TextWriter.Null,
            Time = new FixedTime(at ?? Sample.Now),
            Version = "1",
            Screen = () => new(80, HasColor: false, Ascii: false),
            OpenLedger = _ => new FakeLedger([]),
            Prices = new FakePrices(),
            Estimate = PlainEstimates.Of,
        };
        var options = new EstimateOptions { File = "-", Model = model };
        return new RequestEstimator(PriceBook.Default, options, surroundings).Estimate(RequestFinder.Find(Encoding.UTF8.GetBytes(body)).First());
    }

    /// <summary>A request with some members of its own.</summary>
    public static string With(string members, string model = "claude-opus-5", string maxTokens = "\"max_tokens\":100,") =>
        $$"""{"model":"{{model}}",{{maxTokens}}{{members}},"messages":[{"role":"user","content":"Hello"}]}""";

    /// <summary>A system prompt of about so many tokens, with members of its own.</summary>
    public static string System(int tokens, string members = "\"cache_control\":{\"type\":\"ephemeral\"}", string text = "") =>
        $$"""{"type":"text","text":"{{text}}{{new string('x', tokens * 3)}}",{{members}}}""";
}

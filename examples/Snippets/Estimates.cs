using System.Net.Http.Json;
using CostLedger.Records;
using Telemetry.Handler;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Tokens;

namespace Snippets;

/// <summary>Tokens before the answer.</summary>
internal static class Estimates
{
    public static string Count()
    {
        // snippet: count
        var tokens = TokenCounter.O200kBase.Count("How many tokens is this?"u8);
        var ids = TokenCounter.O200kBase.Encode("How many tokens is this?"u8);
        var text = TokenCounter.O200kBase.Decode(ids);

        // end of snippet
        return $"{tokens} tokens of {text.Length} bytes";
    }

    public static string Estimate()
    {
        // snippet: estimate
        var body = """{"model":"claude-sonnet-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}"""u8;
        var estimate = PromptEstimator.Default.Estimate(body);
        Console.WriteLine($"{estimate.InputTokens} input tokens, {estimate.InputTokensLow} to {estimate.InputTokensHigh}");

        // end of snippet
        return $"{estimate.BySource.Count} sources";
    }

    public static async Task<bool> Run(Uri api, string key)
    {
        // snippet: budget
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            AllowSend = static call => call.CostMost is not { } most || most < new NanoUsd(NanoUsd.PerDollar), // a dollar
        });

        // end of snippet
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, "v1/messages"));
        request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Content = JsonContent.Create(new
        {
            model = "claude-opus-5",
            max_tokens = 100_000,
            messages = new[] { new { role = "user", content = "Write a novel." } },
        });
        // snippet: withheld
        try
        {
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch (CallWithheldException withheld)
        {
            Console.WriteLine($"Not sent: it may cost {withheld.Expectation.CostMost} USD.");
            return false;
        }

        // end of snippet
    }

    // snippet: tokenizer
    private sealed class OwnTokenizer : ITokenCounter
    {
        public string Name => "mine";

        public int Count(ReadOnlySpan<byte> utf8) => utf8.Length / 4; // or CountTokens of Microsoft.ML.Tokenizers
    }

    // end of snippet
    public static MessagesTelemetryOptions WithTokenizer()
    {
        // snippet: plug-in
        var options = new MessagesTelemetryOptions { Tokenizer = new OwnTokenizer() };

        // end of snippet
        return options;
    }
}

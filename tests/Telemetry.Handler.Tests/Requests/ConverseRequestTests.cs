using System.Text;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class ConverseRequestTests
{
    private const string Whole = """
        {"messages":[
           {"role":"user","content":[{"text":"hi"},{"cachePoint":{"type":"default"}}]},
           {"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"a","input":{"cachePoint":{},"content":[{"cachePoint":{}}]}}}]},
           {"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"text":"r"}]}},{"cachePoint":{"type":"default","ttl":"1h"}}]}],
         "system":[{"text":"S"},{"cachePoint":{"type":"default"}},{"cachePoint":null}],
         "inferenceConfig":{"maxTokens":512,"temperature":0.5,"topP":0.9,"stopSequences":["x"]},
         "toolConfig":{"tools":[{"toolSpec":{"name":"a","inputSchema":{"json":{"maxTokens":9}}}},{"toolSpec":{"name":"b"}},{"cachePoint":{"type":"default"}}],"toolChoice":{"auto":{}}},
         "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2048},"top_k":40,"anthropic_beta":["a-2025-01-01"],"output_config":{"effort":"low"}},
         "serviceTier":{"type":"flex"},"requestMetadata":{"model":"not this one"}}
        """;

    [Fact]
    public void All_parameters_are_read()
    {
        var snapshot = Read(Whole);

        var expected = new RequestSnapshot
        {
            MaxTokens = 512,
            Temperature = 0.5,
            TopP = 0.9,
            TopK = 40,
            ThinkingType = "enabled",
            ThinkingBudget = 2048,
            Effort = "low",
            ServiceTier = "flex",
            ToolCount = 2,
            MessageCount = 3,
            CacheBreakpoints = 4,
            IsInputOpen = false,
            BetasInBody = snapshot.BetasInBody,
            Faults = snapshot.Faults,
        };
        Assert.Equal(expected, snapshot);
        Assert.Equal(["a-2025-01-01"], snapshot.BetasInBody);
        Assert.Empty(snapshot.Faults);
    }

    [Theory]
    [InlineData("""{"inferenceConfig":{"maxTokens":1},"inferenceConfig":{"maxTokens":2}}""", 2L)]
    [InlineData("""{"inferenceConfig":{"maxTokens":1},"inferenceConfig":null}""", null)]
    [InlineData("""{"inferenceConfig":[{"maxTokens":1}]}""", null)]
    [InlineData("""{"inferenceConfig":{}}""", null)]
    public void The_last_limit_counts(string body, long? expected) => Assert.Equal(expected, Read(body).MaxTokens);

    [Fact]
    public void A_limit_that_is_none_is_a_fault() =>
        Assert.Equal([RequestFault.InvalidNumber], Read("""{"inferenceConfig":{"maxTokens":-1}}""").Faults);

    private static RequestSnapshot Read(string body) => RequestSnapshot.Read(Encoding.UTF8.GetBytes(body));
}

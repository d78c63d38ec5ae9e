using System.Text;
using Telemetry.Handler.Content;
using Telemetry.Handler.Content.Parts;
using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

/// <summary>Bedrock's Converse says the same in other words.</summary>
public sealed class ConverseContentTests
{
    [Fact]
    public void A_request_has_the_same_parts()
    {
        var content = Of(
            """
            {"system":[{"text":"Be brief."},{"cachePoint":{"type":"default"}}],"inferenceConfig":{"maxTokens":9,"stopSequences":["END"]},
             "toolConfig":{"tools":[{"toolSpec":{"name":"look","description":"Looks.","inputSchema":{"json":{"type":"object"}}}},{"cachePoint":{"type":"default"}}]},
             "messages":[{"role":"user","content":[{"text":"Hello"},{"image":{"format":"png","source":{"bytes":"planted"}}},
               {"document":{"format":"pdf","name":"planted","source":{"s3Location":{"uri":"s3://bucket/a.pdf","bucketOwner":"planted"}}}}]},
              {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"planted"}}},{"reasoningContent":{"redactedContent":"planted"}},
               {"toolUse":{"toolUseId":"t","name":"look","input":{"at":"there"}}}]},
              {"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"text":"seen"},{"json":{"a":[1]}}],"status":"success"}}]}]}
            """,
            null,
            toolParameters: true);

        AssertJson("""[{"type":"text","content":"Be brief."}]""", content.SystemInstructions);
        AssertJson("""[{"type":"function","name":"look","description":"Looks.","parameters":{"type":"object"}}]""", content.ToolDefinitions);
        Assert.Equal(["END"], content.StopSequences);
        AssertJson(
            """
            [{"role":"user","parts":[{"type":"text","content":"Hello"},{"type":"blob","modality":"image","mime_type":"image/png","content":""},
               {"type":"uri","modality":"document","mime_type":"application/pdf","uri":"s3://bucket/a.pdf"}]},
             {"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"anthropic_redacted_thinking"},
               {"type":"tool_call","id":"t","name":"look","arguments":{"at":"there"}}]},
             {"role":"user","parts":[{"type":"tool_call_response","id":"t","response":[{"type":"text","content":"seen"},{"type":"text","content":"{\"a\":[1]}"}]}]}]
            """,
            content.InputMessages);
    }

    [Fact]
    public void A_whole_answer_has_the_same_parts()
    {
        var content = Of(
            null,
            """{"metrics":{"latencyMs":7},"output":{"message":{"content":[{"text":"Hi"},{"toolUse":{"toolUseId":"t","name":"look","input":{}}}],"role":"assistant"}},"stopReason":"tool_use","usage":{"outputTokens":3}}""");

        AssertJson("""[{"role":"assistant","parts":[{"type":"text","content":"Hi"},{"type":"tool_call","id":"t","name":"look","arguments":{}}],"finish_reason":"tool_call"}]""", content.OutputMessages);
    }

    [Fact]
    public void A_streams_events_have_the_same_parts()
    {
        var content = new CallContent(new ContentOptions { MaxBytes = Plenty });
        string[] documents =
        [
            """{"role":"assistant","p":"abc"}""",
            """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Hm."}},"p":"ab"}""",
            """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"planted"}}}""",
            """{"contentBlockIndex":1,"delta":{"text":"Hel"}}""",
            """{"delta":{"text":"lo"},"contentBlockIndex":1}""",
            """{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"t","name":"look"}}}""",
            """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"at\":"}}}""",
            """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"1}"}}}""",
        ];
        foreach (var document in documents)
        {
            content.Answer.OnData(Encoding.UTF8.GetBytes(document));
            content.Answer.OnDocument();
        }

        content.Answer.OnData("""{"contentBlockIndex":1,"delta":{"text":"corrupt"}}"""u8);
        content.Answer.OnDropped();

        AssertJson(
            """
            [{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"text","content":"Hello"},
              {"type":"tool_call","id":"t","name":"look","arguments":{"at":1}}],"finish_reason":"tool_call"}]
            """,
            content.Build("tool_use").OutputMessages);
    }
}

using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

public sealed class RequestContentTests
{
    [Theory]
    [InlineData("""{"system":"Be brief.","messages":[]}""")]
    [InlineData("""{"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[]}""")]
    public void A_system_prompt_is_a_list_of_texts(string request)
    {
        AssertJson("""[{"type":"text","content":"Be brief."}]""", Of(request, null).SystemInstructions);
    }

    [Fact]
    public void Messages_have_roles_and_parts()
    {
        var content = Of(
            """
            {"messages":[
              {"role":"user","content":"Say \"hello\"\u2028 caf\u00e9"},
              {"content":[{"type":"thinking","thinking":"Hm.","signature":"planted"},{"type":"redacted_thinking","data":"planted"},
                {"type":"text","text":"I look."},{"type":"tool_use","id":"toolu_1","name":"look","input":{"at":["a",1.50,true,null]}}],"role":"assistant"},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"found","is_error":false}]}]}
            """,
            null);

        AssertJson(
            """
            [{"role":"user","parts":[{"type":"text","content":"Say \"hello\"\u2028 café"}]},
             {"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"anthropic_redacted_thinking"},
               {"type":"text","content":"I look."},{"type":"tool_call","id":"toolu_1","name":"look","arguments":{"at":["a",1.50,true,null]}}]},
             {"role":"user","parts":[{"type":"tool_call_response","id":"toolu_1","response":"found"}]}]
            """,
            content.InputMessages);
        Assert.False(content.IsTruncated);
    }

    [Fact]
    public void Images_documents_and_files_are_named_without_their_data()
    {
        var content = Of(
            """
            {"messages":[{"role":"user","content":[
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
              {"type":"image","source":{"type":"url","url":"https://me:planted@example.com/a.png?X-Amz-Signature=planted"}},
              {"type":"document","source":{"type":"file","file_id":"file_1"},"title":"planted"},
              {"type":"document","source":{"data":"JVBERi0=","type":"base64","media_type":"application/pdf"}},
              {"type":"container_upload","file_id":"file_2"}]}]}
            """,
            null);

        AssertJson(
            """
            [{"role":"user","parts":[
              {"type":"blob","modality":"image","mime_type":"image/png","content":""},
              {"type":"uri","modality":"image","uri":"https://example.com/a.png"},
              {"type":"file","modality":"document","file_id":"file_1"},
              {"type":"blob","modality":"document","mime_type":"application/pdf","content":""},
              {"type":"file","modality":"document","file_id":"file_2"}]}]
            """,
            content.InputMessages);
    }

    [Fact]
    public void Blocks_within_a_tool_result_are_mapped_too()
    {
        var content = Of(
            """
            {"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[
              {"type":"text","text":"seen"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]}]}]}
            """,
            null);

        AssertJson(
            """
            [{"role":"user","parts":[{"type":"tool_call_response","id":"t","response":[
              {"type":"text","content":"seen"},{"type":"blob","modality":"image","mime_type":"image/png","content":""}]}]}]
            """,
            content.InputMessages);
    }

    [Fact]
    public void Results_of_the_providers_tools_are_copied_without_what_is_encrypted()
    {
        var content = Of(
            """
            {"messages":[{"role":"assistant","content":[
              {"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"tea"}},
              {"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"Tea","encrypted_content":"planted","page_age":null}]}]}]}
            """,
            null);

        AssertJson(
            """
            [{"role":"assistant","parts":[{"type":"tool_call","id":"s","name":"web_search","arguments":{"query":"tea"}},
              {"type":"tool_call_response","id":"s","response":[{"type":"web_search_result","title":"Tea","page_age":null}]}]}]
            """,
            content.InputMessages);
    }

    [Fact]
    public void A_block_that_is_not_known_is_named_and_no_more()
    {
        var content = Of("""{"messages":[{"role":"user","content":[{"type":"hologram","beam":"planted"},{"odd":1},7,"x"]}]}""", null);

        AssertJson("""[{"role":"user","parts":[{"type":"generic","name":"hologram"},{"type":"generic","name":"unknown"}]}]""", content.InputMessages);
    }

    [Fact]
    public void Tools_have_type_and_name_and_more_only_on_demand()
    {
        const string Request = """
            {"tools":[{"name":"look","description":"Looks.","input_schema":{"type":"object","properties":{"at":{"type":"string"}}},"cache_control":{"type":"ephemeral"}},
              {"type":"web_search_20250305","name":"web_search","max_uses":3}],"messages":[]}
            """;

        AssertJson("""[{"type":"function","name":"look"},{"type":"web_search_20250305","name":"web_search"}]""", Of(Request, null).ToolDefinitions);
        AssertJson(
            """
            [{"type":"function","name":"look","description":"Looks.","parameters":{"type":"object","properties":{"at":{"type":"string"}}}},
             {"type":"web_search_20250305","name":"web_search"}]
            """,
            Of(Request, null, toolParameters: true).ToolDefinitions);
    }

    [Fact]
    public void Stop_sequences_are_content()
    {
        Assert.Equal(["END", "sk-ant-[masked]"], Of("""{"stop_sequences":["END","sk-ant-api03-abc"],"messages":[]}""", null).StopSequences);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"system":"s" """)]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]} more""")]
    public void A_malformed_body_has_no_content(string request)
    {
        Assert.Empty(All(Of(request, null)));
    }

    [Theory]
    [InlineData("""{"messages":{"role":"user","content":"x"},"system":3,"tools":"t","stop_sequences":{"a":[1]}}""")]
    [InlineData("""{"messages":"x","system":{"a":[]},"tools":null,"stop_sequences":true}""")]
    public void Members_of_the_wrong_kind_are_passed_over(string request)
    {
        Assert.Empty(All(Of(request, null)));
    }
}

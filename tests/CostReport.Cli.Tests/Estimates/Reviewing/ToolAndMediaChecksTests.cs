using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Reviewing;

public sealed class ToolAndMediaChecksTests
{
    // A GIF of 9000 x 10 pixels, and a PNG whose header is cut off.
    private const string WideGif = "R0lGODlhKCMKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string BrokenPng = "iVBORw0KGgoAAAAN";

    [Theory]
    [InlineData("find", "find", "duplicate_tool")]
    [InlineData("get_weather", "getWeather", "similar_tools")]
    [InlineData("get_weather", "get_time", null)]
    public void Tools_are_told_apart_by_their_names(string one, string other, string? code)
    {
        var body = Reviewed.With($$"""
            "tools":[{"name":"{{one}}","input_schema":{} },{"name":"{{other}}","input_schema":{} }]
            """);

        Assert.Equal(code is null ? [] : [code], Reviewed.Codes(body));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Large_tools_that_a_long_conversation_never_called_are_told(int calls, bool isFound)
    {
        var uses = string.Join(',', Enumerable.Range(0, calls).Select(i => $$"""{"role":"assistant","content":[{"type":"tool_use","id":"t{{i}}","name":"used","input":{} }]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t{{i}}","content":"ok"}]}"""));
        var body = $$"""{"model":"claude-opus-5","max_tokens":5,"tools":[{"name":"used","input_schema":{} },{"name":"unused","description":"{{new string('x', 4000)}}","input_schema":{} }],"messages":[{"role":"user","content":"x"},{{uses}}]}""";

        var findings = Reviewed.Answer(body).Findings.Where(f => f.Code == "unused_tools").ToList();

        Assert.Equal(isFound, findings.Count == 1);
        Assert.All(findings, f => Assert.Equal("tools[1] \"unused\"", f.Place));
    }

    [Theory]
    [InlineData("image", "image/png", RequestFiles.LargeImage, "image_scaled_down")]
    [InlineData("image", "image/gif", WideGif, "image_scaled_down")]
    [InlineData("image", "image/png", BrokenPng, "image_unreadable")]
    [InlineData("image", "image/png", "not base64!", "image_unreadable")]
    [InlineData("document", "application/pdf", "bm8gcGRm", "document_unreadable")]
    public void Images_and_documents_are_looked_at(string type, string mime, string data, string code)
    {
        var finding = Assert.Single(Reviewed.Answer(Media(type, $$"""{"type":"base64","media_type":"{{mime}}","data":"{{data}}"}""")).Findings, f => f.Code == code);

        Assert.Equal("messages[0].content[0]", finding.Place);
    }

    [Fact]
    public void An_image_that_is_elsewhere_is_told()
    {
        Assert.Contains("image_elsewhere", Reviewed.Codes(Media("image", """{"type":"url","url":"https://example.com/a.png"}""")));
    }

    [Fact]
    public void The_limit_is_the_models()
    {
        var body = Media("image", $$"""{"type":"base64","media_type":"image/png","data":"{{RequestFiles.LargeImage}}"}""");

        Assert.Contains("2,576", Message(body, "claude-opus-5"), StringComparison.Ordinal);
        Assert.Contains("1,568", Message(body, "claude-opus-4-5"), StringComparison.Ordinal);
    }

    private static string Message(string body, string model) => Assert.Single(Reviewed.Answer(body, model).Findings, f => f.Severity == Severity.Note).Message;

    private static string Media(string type, string source) =>
        $$"""{"model":"claude-opus-5","max_tokens":5,"messages":[{"role":"user","content":[{"type":"{{type}}","source":{{source}}}]}]}""";
}

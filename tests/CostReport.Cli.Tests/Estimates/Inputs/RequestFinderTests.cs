using System.Text;
using CostLedger.Records;
using CostReport.Cli.Estimates.Inputs;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Inputs;

public sealed class RequestFinderTests
{
    [Fact]
    public void A_body_is_taken_as_it_stands()
    {
        var found = Assert.Single(Find(RequestFiles.Hello()));

        Assert.Equal(RequestFiles.Hello(), Text(found));
        Assert.Null(found.Provider);
        Assert.False(found.IsBatch);
    }

    [Fact]
    public void An_archive_tells_the_model_and_the_place_by_its_urls()
    {
        var found = Find(RequestFiles.Har());

        Assert.Equal([Provider.Anthropic, Provider.Bedrock, Provider.Vertex], found.Select(f => f.Provider!.Value));
        Assert.Equal([null, "us.anthropic.claude-opus-4-6-v1", "claude-sonnet-5"], found.Select(f => f.Model));
        Assert.Equal([null, "us-east-1", "europe-west1"], found.Select(f => f.Location));
        Assert.True(found[1].IsStream);
        Assert.Equal(RequestFiles.Hello(), Text(found[0]));
    }

    [Fact]
    public void Betas_are_taken_from_headers_in_one_or_several_and_any_case()
    {
        var entry = RequestFiles.Entry(
            "https://api.anthropic.com/v1/messages",
            RequestFiles.Hello(),
            ("x-api-key", "secret"),
            ("Anthropic-Beta", "interleaved-thinking-2025-05-14, context-1m-2025-08-07"),
            ("anthropic-beta", "files-api-2025-04-14"));

        Assert.Equal(["interleaved-thinking-2025-05-14", "context-1m-2025-08-07", "files-api-2025-04-14"], Assert.Single(Find(entry.ToJsonString())).Betas);
        Assert.Empty(Assert.Single(Find(RequestFiles.Hello())).Betas);
    }

    [Fact]
    public void Betas_of_a_batch_are_those_of_its_requests()
    {
        var entry = RequestFiles.Entry("https://api.anthropic.com/v1/messages/batches", RequestFiles.Batch(), ("anthropic-beta", "a, b"));

        Assert.All(Find(entry.ToJsonString()), found => Assert.Equal(["a", "b"], found.Betas));
    }

    [Fact]
    public void An_entry_alone_is_found()
    {
        var found = Assert.Single(Find(RequestFiles.Entry("https://gateway.example/claude/v1/messages", RequestFiles.Hello()).ToJsonString()));

        Assert.Equal(RequestFiles.Hello(), Text(found));
    }

    [Fact]
    public void A_batch_that_an_archive_holds_is_taken_apart()
    {
        var found = Find(RequestFiles.Entry("https://api.anthropic.com/v1/messages/batches", RequestFiles.Batch()).ToJsonString());

        Assert.Equal(27, found.Count);
        Assert.All(found, f => Assert.True(f.IsBatch));
        Assert.Equal("row-3", found[3].CustomId);
    }

    [Fact]
    public void Bodies_in_an_archive_keep_every_character()
    {
        var body = """{"model":"claude-opus-5","max_tokens":1,"messages":[{"role":"user","content":"\ud83d\ude42 \"quoted\" \\ ü 模 \ud83d"}]}""";

        Assert.Equal(body, Text(Assert.Single(Find(RequestFiles.Entry("https://api.anthropic.com/v1/messages", body).ToJsonString()))));
    }

    [Fact]
    public void Deep_nesting_is_read()
    {
        var deep = $$"""{"messages":[{"role":"user","content":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}]}""";

        Assert.Single(Find(deep));
    }

    private static List<FoundRequest> Find(string text) => [.. RequestFinder.Find(Encoding.UTF8.GetBytes(text))];

    private static string Text(FoundRequest found) => Encoding.UTF8.GetString(found.Body.Span);
}

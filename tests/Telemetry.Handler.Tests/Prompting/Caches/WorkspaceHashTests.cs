using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Prompting.Caches;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting.Caches;

public sealed class WorkspaceHashTests
{
    private static readonly WorkspaceHash Hash = new(new Lazy<byte[]>(static () => new byte[32]));

    [Fact]
    public void Keys_tell_workspaces_apart()
    {
        Assert.Equal(Of("sk-ant-one"), Of("sk-ant-one"));
        Assert.NotEqual(Of("sk-ant-one"), Of("sk-ant-two"));
        Assert.NotEqual(Of("sk-ant-one"), Of("sk-ant-one", "wrkspc_1"));
        Assert.NotEqual(Of("sk-ant-one"), new WorkspaceHash(new Lazy<byte[]>(static () => [.. Enumerable.Repeat((byte)1, 32)])).Of(Request("sk-ant-one", null), Endpoint(null)));
    }

    [Fact]
    public void Tokens_that_are_exchanged_tell_nothing()
    {
        using var morning = Request(null, null);
        morning.Headers.Add("authorization", "Bearer ya29.one");
        using var noon = Request(null, null);
        noon.Headers.Add("authorization", "Bearer ya29.two");

        Assert.Equal(UInt128.Zero, Hash.Of(morning, Endpoint("us-east5")));
        Assert.Equal(Hash.Of(morning, Endpoint(null)), Hash.Of(noon, Endpoint(null)));
    }

    [Fact]
    public void Long_and_foreign_names_are_taken_as_they_are()
    {
        Assert.NotEqual(UInt128.Zero, Of(new string('ü', 400), new string('字', 400)));
    }

    [Fact]
    public void The_ledgers_text_is_read_again()
    {
        var workspace = Of("sk-ant-one");

        Assert.Equal(workspace, WorkspaceHash.Parse(WorkspaceHash.ToText(workspace)));
        Assert.Null(WorkspaceHash.ToText(0));
        Assert.Equal(UInt128.Zero, WorkspaceHash.Parse("no number"));
        Assert.DoesNotContain("sk-ant", WorkspaceHash.ToText(workspace)!, StringComparison.Ordinal);
    }

    private static UInt128 Of(string? key, string? workspace = null)
    {
        using var request = Request(key, workspace);
        return Hash.Of(request, Endpoint(null));
    }

    private static HttpRequestMessage Request(string? key, string? workspace)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.anthropic.com/v1/messages");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        }

        if (workspace is not null)
        {
            request.Headers.TryAddWithoutValidation("anthropic-workspace-id", workspace);
        }

        return request;
    }

    private static MessagesEndpoint Endpoint(string? location) => new()
    {
        Provider = CostLedger.Records.Provider.Anthropic,
        Operation = Operation.Messages,
        Framing = default,
        Host = "api.anthropic.com",
        Location = location,
    };
}

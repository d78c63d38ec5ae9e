using CostReport.Cli.Live.Serving;
using Xunit;

namespace CostReport.Cli.Tests.Live.Serving;

public sealed class GateTests
{
    private readonly AccessToken _token = AccessToken.Create();

    [Theory]
    [InlineData("127.0.0.1:9464")]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.0.0.1")]
    public void The_loopback_address_passes_with_the_token(string host)
    {
        Assert.Null(new Gate(_token).Refuse(new Request("GET", $"/{_token.Text}/body?x=/y", host, null), out var path));
        Assert.Equal("/body", path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("evil.example")]
    [InlineData("evil.example:9464")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:80:80")]
    [InlineData("[::1]:9464")]
    [InlineData("0.0.0.0:9464")]
    public void Another_host_is_refused_with_the_token_too(string? host)
    {
        Assert.Equal(403, new Gate(_token).Refuse(new Request("GET", $"/{_token.Text}/", host, $"Bearer {_token.Text}"), out _)?.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/favicon.ico")]
    [InlineData("/{0}")]
    [InlineData("/{0}x/")]
    [InlineData("//{0}/")]
    [InlineData("/%7B{0}/")]
    [InlineData("/x/../{0}/")]
    [InlineData("/?{0}/")]
    [InlineData("http://127.0.0.1/{0}/")]
    public void Without_the_token_in_its_place_there_is_nothing(string? target)
    {
        var asked = target?.Replace("{0}", _token.Text, StringComparison.Ordinal);

        Assert.Equal(404, new Gate(_token).Refuse(new Request("GET", asked, "127.0.0.1:1", null), out _)?.Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    public void It_is_only_for_reading(string method)
    {
        var reply = new Gate(_token).Refuse(new Request(method, $"/{_token.Text}/", "127.0.0.1:1", null), out _);

        Assert.Equal(405, reply?.Status);
        Assert.Equal(("Allow", "GET"), reply?.Header);
    }

    [Fact]
    public void Metrics_take_the_token_as_their_bearer()
    {
        var gate = new Gate(_token);

        Assert.Null(gate.Refuse(new Request("GET", "/metrics", "127.0.0.1:1", $"bearer {_token.Text}"), out var path));
        Assert.Equal("/metrics", path);
        Assert.All(
            [null, "", "Bearer", "Bearer ", "Bearer x", $"Basic {_token.Text}", _token.Text, $"Bearer {_token.Text}x"],
            header => Assert.Equal(401, gate.Refuse(new Request("GET", "/metrics", "127.0.0.1:1", header), out _)?.Status));
    }
}

using System.Net;
using System.Text;
using Telemetry.Handler.Labels;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class LimitScopeTests
{
    private const string Body = """{"id":"msg_1","type":"message","model":"claude-opus-5","content":[],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_are_recorded_with_a_hash_of_whose_they_are()
    {
        await using var client = new ObservedClient(new Organized("org_secret", "wrkspc_secret"));

        await Send(client);

        var row = client.Row();
        Assert.Equal(new ScopeHash(SessionKey.LoadOrCreate(client.LedgerPath, out _)).Of("org_secret", "wrkspc_secret"), row.LimitScope);
        Assert.Equal(("requests", 50L, 49L), (row.RateLimits[0].Kind, row.RateLimits[0].Limit, row.RateLimits[0].Remaining));
    }

    [Fact]
    public async Task A_response_without_an_organisation_has_no_scope()
    {
        await using var client = new ObservedClient(new Organized(null, null));

        await Send(client);

        Assert.Null(client.Row().LimitScope);
    }

    [Fact]
    public async Task Neither_id_is_in_the_ledger()
    {
        await using var client = new ObservedClient(new Organized("org_secret", "wrkspc_secret"), o => o.KeepSessionNames = true);

        await Send(client);

        Assert.StartsWith(ScopeHash.Prefix, client.Row().LimitScope, StringComparison.Ordinal);
        await client.Ledger.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!))
        {
            var text = await File.ReadAllTextAsync(file, Encoding.Latin1, Token);
            Assert.DoesNotContain("org_secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("wrkspc_secret", text, StringComparison.Ordinal);
        }
    }

    private static async Task Send(ObservedClient client)
    {
        using var content = new StringContent("""{"model":"claude-opus-5","max_tokens":1,"messages":[]}""", Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync(new Uri("https://api.anthropic.com/v1/messages"), content, Token);
        await response.Content.ReadAsStringAsync(Token);
    }

    private sealed class Organized(string? organization, string? workspace) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
            response.Headers.Add("anthropic-ratelimit-requests-limit", "50");
            response.Headers.Add("anthropic-ratelimit-requests-remaining", "49");
            if (organization is not null)
            {
                response.Headers.Add("anthropic-organization-id", organization);
                response.Headers.Add("anthropic-workspace-id", workspace);
            }

            return Task.FromResult(response);
        }
    }
}

using System.Text;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

/// <summary>Of a prompt nothing is kept but lengths and keyed hashes, wherever in it the secret stands and however it was read.</summary>
[Collection(Tracing.Name)]
public sealed class PromptPrivacyTests
{
    private const string Planted = "planted-secret";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bodies => new()
    {
        { "message", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"planted-secret"}]}""" },
        { "system", """{"model":"claude-sonnet-4-5","max_tokens":9,"system":[{"type":"text","text":"planted-secret","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"a"}]}""" },
        { "tool", """{"model":"claude-sonnet-4-5","max_tokens":9,"tools":[{"name":"f","description":"planted-secret","input_schema":{"type":"object","properties":{"planted-secret":{"type":"string"}}}}],"messages":[{"role":"user","content":"a"}]}""" },
        { "call", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use","id":"planted-secret","name":"f","input":{"a":"planted-secret"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"planted-secret","content":"planted-secret"}]}]}""" },
        { "thinking", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"planted-secret","signature":"planted-secret"}]},{"role":"user","content":"b"}]}""" },
        { "unknown block", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[{"type":"planted-secret","planted-secret":"planted-secret"}]}]}""" },
        { "media", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"https://planted-secret.example/planted-secret.png"}},{"type":"document","title":"planted-secret","source":{"type":"base64","media_type":"application/pdf","data":"planted-secret"}}]}]}""" },
        { "thread", """{"model":"claude-sonnet-4-5","max_tokens":9,"thread":{"type":"continue","id":"planted-secret"},"messages":[{"role":"user","content":"planted-secret"}]}""" },
        { "broken", """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"planted-secret"},{planted-secret""" },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Bodies))]
    public async Task Nothing_of_a_prompt_is_kept_or_told(string where, string body)
    {
        using var sinks = new Sinks();
        await using var client = new ObservedClient(new Provider(), o => (o.LoggerFactory, o.LogOperationDetails, o.EstimateBeforeSend) = (sinks, true, true));
        using var request = Provider.Post(body);

        using var response = await client.Http.SendAsync(request, Token);

        var row = client.Row();
        Assert.NotEmpty(row.Id.ToString());
        await client.Ledger.DisposeAsync();
        var stored = string.Concat(Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.False(stored.Contains(Planted, StringComparison.OrdinalIgnoreCase), $"The ledger holds it ({where}).");
        Assert.Contains("claude-sonnet-4-5", sinks.Told, StringComparison.Ordinal);
        Assert.False(sinks.Told.Contains(Planted, StringComparison.OrdinalIgnoreCase), $"It is told ({where}).");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_an_exception_of_the_application_says_does_not_go_into_the_ledger()
    {
        await using var client = new ObservedClient(new Provider(), o => o.AllowSend = static _ => throw new InvalidOperationException(Planted));
        using var request = Provider.Post(Provider.Ask());

        using var response = await client.Http.SendAsync(request, Token);

        await client.Ledger.DisposeAsync();
        var stored = string.Concat(Directory.GetFiles(Path.GetDirectoryName(client.LedgerPath)!).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.DoesNotContain(Planted, stored, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using EndToEnd.Tests.Sdk;
using MessagesSimulator;
using MessagesSimulator.Providers;
using Microsoft.Extensions.AI;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>A simulated API, the provider that sells it, a ledger. Two of them give the same answers with the same ids.</summary>
internal sealed class ProviderSetup : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-providers-");
    private readonly SqliteLedger _ledger;

    private ProviderSetup(MessagesServer api, ProviderServer server)
    {
        (Api, Server) = (api, server);
        _ledger = PatientLedger.Open(LedgerPath);
    }

    public MessagesServer Api { get; }

    public ProviderServer Server { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public static async Task<ProviderSetup> StartAsync()
    {
        var api = await MessagesServer.StartAsync(new MessagesServerOptions { Seed = 11 });
        return new ProviderSetup(api, await ProviderServer.StartAsync(
            api, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ProviderClient.Model(Provider.Foundry)] = SdkClient.Model,
                [ProviderClient.OpaqueProfile] = SdkClient.Model,
            }));
    }

    /// <summary>A client whose calls are observed.</summary>
    public IAnthropicClient Observed(Provider provider, Attachment attachment, IReadOnlyDictionary<string, string>? aliases = null) => ProviderClient.Create(
        provider, Server.BaseUrl, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger, ModelAliases = aliases }));

    /// <summary>The same without us.</summary>
    public IAnthropicClient Bare(Provider provider, Attachment attachment) =>
        ProviderClient.Create(provider, Server.BaseUrl, attachment, new Bystander());

    public IReadOnlyList<CallRecord> Records()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }

    /// <summary>Asks, and reads the answer to its end.</summary>
    /// <returns>What the caller sees of it.</returns>
    public static async Task<string> AskAsync(IAnthropicClient client, Provider provider, Asking asking)
    {
        var question = SdkClient.AskCached("Tell me about rain.") with { Model = ProviderClient.Model(provider) };
        switch (asking)
        {
            case Asking.Whole:
                return (await client.Messages.Create(question, Cancellation)).ToString();
            case Asking.Stream:
                return string.Join('\n', await ReadAsync(client.Messages.CreateStreaming(question, Cancellation)));
            case Asking.Chat:
                using (var chat = client.AsIChatClient(ProviderClient.Model(provider), 200))
                {
                    var answer = await chat.GetResponseAsync("Tell me about rain.", cancellationToken: Cancellation);
                    return $"{answer.ResponseId} {answer.FinishReason} {JsonSerializer.Serialize(answer.Usage)} {answer.Text}";
                }

            default:
                using (var chat = client.AsIChatClient(ProviderClient.Model(provider), 200))
                {
                    var answer = await chat.GetStreamingResponseAsync("Tell me about rain.", cancellationToken: Cancellation).ToChatResponseAsync(Cancellation);
                    return $"{answer.ResponseId} {answer.FinishReason} {JsonSerializer.Serialize(answer.Usage)} {answer.Text}";
                }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await Server.DisposeAsync();
        await Api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<List<string>> ReadAsync(IAsyncEnumerable<RawMessageStreamEvent> events)
    {
        var seen = new List<string>();
        await foreach (var one in events)
        {
            seen.Add(one.ToString()!);
        }

        return seen;
    }

    /// <summary>Does nothing.</summary>
    private sealed class Bystander : DelegatingHandler;
}

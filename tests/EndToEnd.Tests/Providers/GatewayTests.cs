using System.Text;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Providers;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Providers;

/// <summary>One host that sells every provider's shape: the path of each call tells what it is.</summary>
[Collection(ObservedCalls.Name)]
public sealed class GatewayTests : IAsyncLifetime
{
    private const string Vertex = "/v1/projects/p/locations/us-east5/publishers/anthropic/models/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-gateway-");
    private MessagesServer _api = null!;
    private ProviderServer _server = null!;
    private SqliteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        _api = await MessagesServer.StartAsync();
        _server = await ProviderServer.StartAsync(_api, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["our-chat"] = "claude-haiku-4-5",
            ["arn:aws:bedrock:us-east-1:1:application-inference-profile/abc"] = "claude-sonnet-4-6",
        });
        _ledger = PatientLedger.Open(LedgerPath);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _server.DisposeAsync();
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Calls_of_all_shapes_are_told_apart_and_none_is_missed()
    {
        using var http = Client();

        await SendAsync(http, "/anthropic/v1/messages", "\"model\":\"our-chat\"");
        await SendAsync(http, "/model/us.anthropic.claude-sonnet-4-6/invoke", "\"anthropic_version\":\"bedrock-2023-05-31\"");
        await SendAsync(http, "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fabc/invoke", "\"anthropic_version\":\"bedrock-2023-05-31\"");
        await SendAsync(http, Vertex + "claude-haiku-4-5@20251001:rawPredict", "\"anthropic_version\":\"vertex-2023-10-16\"");
        await SendAsync(http, Vertex + "claude-haiku-4-5@20251001:streamRawPredict", "\"anthropic_version\":\"vertex-2023-10-16\",\"stream\":true");
        await SendAsync(http, Vertex + "count-tokens:rawPredict", "\"anthropic_version\":\"vertex-2023-10-16\",\"model\":\"claude-haiku-4-5\"");
        await SendAsync(http, "/v1/projects/p/locations/eu/workspaces/w/invoke/v1/messages", "\"model\":\"claude-sonnet-4-6\",\"stream\":true");

        Assert.Equal(
            [
                (Provider.Anthropic, null, "our-chat", "claude-haiku-4-5-20251001", CostBasis.Measured),
                (Provider.Bedrock, null, "us.anthropic.claude-sonnet-4-6", "claude-sonnet-4-6", CostBasis.Measured),
                (Provider.Bedrock, "us-east-1", "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc", "claude-sonnet-4-6", CostBasis.Measured),
                (Provider.Vertex, "us-east5", "claude-haiku-4-5@20251001", "claude-haiku-4-5-20251001", CostBasis.Measured),
                (Provider.Vertex, "us-east5", "claude-haiku-4-5@20251001", "claude-haiku-4-5-20251001", CostBasis.Measured),
                (Provider.Vertex, "us-east5", "claude-haiku-4-5", null, CostBasis.Unbilled),
                (Provider.GoogleCloud, "eu", "claude-sonnet-4-6", "claude-sonnet-4-6", CostBasis.Measured),
            ],
            Records().Select(row => (row.Provider, row.Location, row.ModelRequested, row.ModelServed, row.Cost.Basis)));
        Assert.Equal(_api.Bill.Lines.Select(line => line.MessageId), Records().Select(row => row.MessageId).OfType<string>(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_error_before_a_profiles_answer_is_reported_under_its_aliass_model()
    {
        _api.Script.Next(MessagesSimulator.Scripting.Fault.Overloaded());
        using var http = Client(new Dictionary<string, string>(StringComparer.Ordinal) { ["ABC"] = "us.anthropic.claude-sonnet-4-6" });

        await SendAsync(http, "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fabc/invoke", "\"anthropic_version\":\"bedrock-2023-05-31\"");

        var row = Assert.Single(Records());
        Assert.Equal((503, "ServiceUnavailableException", "claude-sonnet-4-6"), (row.HttpStatus ?? 0, row.ErrorType, row.Model));
    }

    private HttpClient Client(IReadOnlyDictionary<string, string>? aliases = null) =>
        new(new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger, ModelAliases = aliases }));

    private IReadOnlyList<CallRecord> Records()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }

    private async Task SendAsync(HttpClient http, string path, string members)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.BaseUrl, path))
        {
            Content = new StringContent($$"""{{{members}},"max_tokens":200,"messages":[{"role":"user","content":"Tell me about rain."}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer secret");
        using var response = await http.SendAsync(request, Cancellation);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }
}

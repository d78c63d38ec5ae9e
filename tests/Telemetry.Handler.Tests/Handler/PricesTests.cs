using System.Text;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class PricesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_price_list_can_be_replaced_while_the_handler_runs_and_the_ledger_keeps_both()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient();
        var dearer = Dearer();

        await CallAsync(client, server.Messages);
        client.Handler.Prices = dearer;
        await CallAsync(client, server.Messages);

        var rows = client.Rows();
        Assert.Equal([PriceBook.Default.Version, dearer.Version], rows.Select(row => row.Cost.PriceVersion));
        Assert.Equal(rows[0].Cost.ByClass!.Value.Output.Value * 2, rows[1].Cost.ByClass!.Value.Output.Value);
        using var reader = LedgerReader.Open(client.LedgerPath);
        Assert.Equal(dearer.Version, reader.PriceBook(dearer.Version)?.Version);
        Assert.Equal(rows[0].Cost.Total, reader.PriceBook(rows[0].Cost.PriceVersion!)?.Price(PricingRequest.From(rows[0])).Cost.Total);
    }

    [Fact]
    public async Task A_model_without_a_price_is_recorded_unpriced_never_as_zero()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
            Answers.WriteBodyAsync(context, Answers.Body.Replace("claude-opus-5", "claude-unheard-of-9", StringComparison.Ordinal)));
        await using var client = new ObservedClient();

        await CallAsync(client, server.Messages);

        var row = client.Row();
        Assert.Equal((CostBasis.Unpriced, (NanoUsd?)null, "claude-unheard-of-9"), (row.Cost.Basis, row.Cost.Total, row.Model));
    }

    private static async Task CallAsync(ObservedClient client, Uri uri)
    {
        using var response = await client.Http.SendAsync(Answers.NewRequest(uri), Token);
        await response.Content.ReadAsStringAsync(Token);
    }

    private static PriceBook Dearer()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(PriceBook.Default.Content.Span)!;
        DoubleOutputs(json["models"]!);
        return PriceBook.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static void DoubleOutputs(System.Text.Json.Nodes.JsonNode node)
    {
        switch (node)
        {
            case System.Text.Json.Nodes.JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (name is "output" && value is System.Text.Json.Nodes.JsonValue price)
                    {
                        members[name] = price.GetValue<decimal>() * 2;
                    }
                    else if (value is not null)
                    {
                        DoubleOutputs(value);
                    }
                }

                break;
            case System.Text.Json.Nodes.JsonArray items:
                foreach (var item in items.OfType<System.Text.Json.Nodes.JsonNode>())
                {
                    DoubleOutputs(item);
                }

                break;
        }
    }
}

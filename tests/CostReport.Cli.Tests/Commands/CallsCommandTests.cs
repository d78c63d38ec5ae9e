using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class CallsCommandTests
{
    [Fact]
    public void Json_lists_every_attempt_oldest_first_with_all_members()
    {
        using var json = JsonDocument.Parse(Program().Output("calls", "--format", "json"));
        var calls = json.RootElement.GetProperty("calls").EnumerateArray().ToList();
        string[] promised =
        [
            "id", "started_at", "provider", "operation", "model_requested", "model", "message_id", "request_id", "stream", "http_status", "outcome",
            "error_type", "stop_reason", "attempt", "session", "tags", "cost_basis", "cost_usd", "cost_usd_by_class", "input_tokens", "output_tokens",
            "cache_read_input_tokens", "cache_creation_5m_input_tokens", "cache_creation_1h_input_tokens", "web_search_requests",
        ];

        Assert.Equal(59, calls.Count);
        Assert.Equal(calls.Select(Started).Order(StringComparer.Ordinal), calls.Select(Started), StringComparer.Ordinal);
        Assert.All(calls, call => Assert.DoesNotContain(promised, name => !call.TryGetProperty(name, out _)));
        Assert.All(calls, call => Assert.Equal(JsonValueKind.Object, call.GetProperty("tags").ValueKind));
    }

    [Fact]
    public void An_unpriced_call_has_null_costs_and_a_list_of_calls_is_still_fine()
    {
        using var json = JsonDocument.Parse(new TestProgram(new FakeLedger([Sample.Call(Sample.Now, 1, "unknown")])).Output("calls", "--format", "json"));
        var call = json.RootElement.GetProperty("calls")[0];

        Assert.Equal("unpriced", call.GetProperty("cost_basis").GetString());
        Assert.Equal(JsonValueKind.Null, call.GetProperty("cost_usd").ValueKind);
        Assert.Equal(JsonValueKind.Null, call.GetProperty("cost_usd_by_class").ValueKind);
    }

    [Fact]
    public void A_model_known_by_an_alias_is_shown_with_the_name_that_was_called()
    {
        var call = Sample.Call(Sample.Now, 1, "our-chat") with { ModelAlias = "claude-sonnet-5" };

        var output = new TestProgram(new FakeLedger([call])).Output("calls", "show", "req_0001", "--format", "markdown");

        Assert.Contains("claude-sonnet-5", output, StringComparison.Ordinal);
        Assert.Contains("by ModelAliases, asked for our-chat", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_the_provider_did_not_give_are_null_and_writes_without_a_lifetime_are_5m()
    {
        var call = Sample.Call(Sample.Now, 1);
        var none = call with { Usage = null };
        var unsplit = call with { Usage = new TokenUsage { InputTokens = 1, CacheCreationInputTokens = 700 } };
        var half = call with { Usage = new TokenUsage { CacheCreationInputTokens = 700, CacheCreation5mInputTokens = 100, CacheCreation1hInputTokens = 200 } };

        using var json = JsonDocument.Parse(new TestProgram(new FakeLedger([none, unsplit, half])).Output("calls", "--format", "json"));
        var calls = json.RootElement.GetProperty("calls");

        Assert.Equal(JsonValueKind.Null, calls[0].GetProperty("input_tokens").ValueKind);
        Assert.Equal(JsonValueKind.Null, calls[0].GetProperty("cache_creation_5m_input_tokens").ValueKind);
        Assert.Equal(JsonValueKind.Null, calls[1].GetProperty("output_tokens").ValueKind);
        Assert.Equal(700, calls[1].GetProperty("cache_creation_5m_input_tokens").GetInt64());
        Assert.Equal(500, calls[2].GetProperty("cache_creation_5m_input_tokens").GetInt64());
        Assert.Equal(200, calls[2].GetProperty("cache_creation_1h_input_tokens").GetInt64());
    }

    [Fact]
    public void Tables_show_the_last_twenty_and_json_everything()
    {
        var program = Program();

        Assert.Equal(20, program.Output("calls").Split('\n').Count(l => l.StartsWith("  01M", StringComparison.Ordinal)));
        Assert.Equal(3, program.Output("calls", "--last", "3").Split('\n').Count(l => l.StartsWith("  01M", StringComparison.Ordinal)));
        using var json = JsonDocument.Parse(program.Output("calls", "--last", "3", "--format", "json"));
        Assert.Equal(3, json.RootElement.GetProperty("calls").GetArrayLength());
    }

    [Fact]
    public void Ids_in_the_table_find_their_calls()
    {
        var start = Sample.Now.AddMinutes(-1);
        var calls = Enumerable.Range(1, 8).Select(i => Sample.Call(start, 1) with { Id = CallId.Create(start, (UInt128)(ulong)i << 50) }).ToList();
        var program = new TestProgram(new FakeLedger(calls));

        var ids = program.Output("calls").Split('\n').Where(l => l.StartsWith("  01M", StringComparison.Ordinal)).Select(l => l.Trim().Split(' ')[0]).ToList();

        Assert.Equal(8, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => program.Output("calls", "show", id));
    }

    [Theory]
    [InlineData("msg_0025")]
    [InlineData("req_0025")]
    [InlineData("01m78j8err")]
    public void One_call_is_found_by_any_of_its_ids(string id) =>
        Assert.StartsWith("Call 01M78J8ERR", Program().Output("calls", "show", id), StringComparison.Ordinal);

    [Fact]
    public void A_cost_that_does_not_come_out_again_is_said()
    {
        var call = Sample.Call(Sample.Now, 1);
        var odd = call with { Cost = call.Cost with { ByClass = new CostByClass(new NanoUsd(1), default, default, default, default, default) } };
        var program = new TestProgram(new FakeLedger([odd]));

        Assert.Contains("The stored cost ($0.000000001) differs", program.Output("calls", "show", "req_0001"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(program.Output("calls", "show", "req_0001", "--format", "json"));
        Assert.False(json.RootElement.GetProperty("explanation").GetProperty("agrees_with_stored_cost").GetBoolean());
    }

    [Fact]
    public void A_price_list_that_the_ledger_no_longer_holds_is_said()
    {
        var call = Sample.Call(Sample.Now, 1);
        var old = call with { Cost = call.Cost with { PriceVersion = "2025-01-01+0ld" } };

        var output = new TestProgram(new FakeLedger([old])).Output("calls", "show", "req_0001", "--format", "markdown");

        Assert.Contains("Computed with today's price list 2026-11-20+f00dcafe: the ledger no longer holds 2025-01-01+0ld.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Todays_price_list_explains_a_cost_that_came_from_it()
    {
        var output = new TestProgram(new FakeLedger(Sample.TwoWeeks()) { PriceVersions = [] }).Output("calls", "show", "req_0025", "--format", "markdown");

        Assert.Contains("the one that the stored cost came from", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_terms_add_up_to_the_stored_cost()
    {
        using var json = JsonDocument.Parse(Program().Output("calls", "show", "req_0025", "--format", "json"));
        var explanation = json.RootElement.GetProperty("explanation");
        var sum = explanation.GetProperty("terms").EnumerateArray().Sum(t => decimal.Parse(t.GetProperty("amount_usd").GetString()!, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(decimal.Parse(json.RootElement.GetProperty("call").GetProperty("cost_usd").GetString()!, System.Globalization.CultureInfo.InvariantCulture), sum);
    }

    [Fact]
    public void An_unpriced_call_says_why_and_the_answer_is_no()
    {
        var (code, output, _) = new TestProgram(new FakeLedger([Sample.Call(Sample.Now, 1, "unknown-model")])).Run("calls", "show", "req_0001");

        Assert.Equal(ExitCode.No, code);
        Assert.Contains("has no row for this model", output, StringComparison.Ordinal);
    }

    private static string Started(JsonElement call) => call.GetProperty("started_at").GetString()!;

    [Fact]
    public void A_result_of_a_batch_tells_its_batch_and_its_name_and_no_times()
    {
        var call = Sample.Call(Sample.Now, 1) with
        {
            Operation = Operation.BatchResult,
            BatchId = "msgbatch_1",
            CustomId = "request-7",
            IsStream = false,
            HttpStatus = null,
            StreamEnd = null,
            Timing = new CallTiming(),
        };
        var program = new TestProgram(new FakeLedger([call]));

        using var json = JsonDocument.Parse(program.Output("calls", "--format", "json"));
        var shown = program.Output("calls", "show", "req_0001");
        var table = program.Output("calls", "--format", "csv");

        var first = json.RootElement.GetProperty("calls")[0];
        Assert.Equal(("batch_result", "msgbatch_1", "request-7"), (first.GetProperty("operation").GetString(), first.GetProperty("batch_id").GetString(), first.GetProperty("custom_id").GetString()));
        Assert.Contains("msgbatch_1", shown, StringComparison.Ordinal);
        Assert.Contains("request-7", shown, StringComparison.Ordinal);
        Assert.Contains("a result of a batch", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Timeline", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("0 ms", shown + table, StringComparison.Ordinal);
    }

    [Fact]
    public void What_few_calls_have_is_in_json_and_null_where_it_is_not_known()
    {
        var plain = Sample.Call(Sample.Now.AddMinutes(-2), 1);
        var bedrock = Sample.Call(Sample.Now.AddMinutes(-1), 2, "our-profile") with
        {
            ModelAlias = "claude-opus-5-5",
            Transfer = new TransferFacts { IsConnectionReused = false },
            InvocationMetrics = new InvocationMetrics { InputTokens = 12, OutputTokens = 34, CacheReadInputTokens = 56, InvocationLatency = TimeSpan.FromMilliseconds(789) },
        };
        var program = new TestProgram(new FakeLedger([plain, bedrock]));

        using var list = JsonDocument.Parse(program.Output("calls", "--format", "json"));
        using var one = JsonDocument.Parse(program.Output("calls", "show", "req_0002", "--format", "json"));

        string[] rare = ["is_connection_reused", "model_alias", "invocation_metrics"];
        Assert.All(rare, name => Assert.Equal(JsonValueKind.Null, list.RootElement.GetProperty("calls")[0].GetProperty(name).ValueKind));
        Assert.All(
            [list.RootElement.GetProperty("calls")[1], one.RootElement.GetProperty("call")],
            call =>
            {
                Assert.False(call.GetProperty("is_connection_reused").GetBoolean());
                Assert.Equal("claude-opus-5-5", call.GetProperty("model_alias").GetString());
                Assert.Equal(
                    """{"input_tokens":12,"output_tokens":34,"cache_read_input_tokens":56,"cache_write_input_tokens":null,"invocation_latency_ms":789,"first_byte_latency_ms":null}""",
                    call.GetProperty("invocation_metrics").GetRawText());
            });
    }

    [Fact]
    public void What_Bedrock_measured_the_alias_and_the_connection_are_shown_with_a_call()
    {
        var call = Sample.Call(Sample.Now, 1) with
        {
            ModelRequested = "our-profile",
            ModelAlias = "claude-haiku-4-5",
            Transfer = new TransferFacts { IsConnectionReused = true },
            InvocationMetrics = new InvocationMetrics { InputTokens = 12, OutputTokens = 34, InvocationLatency = TimeSpan.FromMilliseconds(789) },
        };

        var output = new TestProgram(new FakeLedger([call])).Output("calls", "show", "req_0001");

        Assert.Matches(@"Model alias +claude-haiku-4-5 +by ModelAliases", output);
        Assert.Matches(@"Connection +reused", output);
        Assert.Matches(@"Measured by Bedrock\n +Input +12 +not cached\n +Output +34\n +Worked +789 ms\n", output);
        Assert.DoesNotContain("Measured", new TestProgram(new FakeLedger([Sample.Call(Sample.Now, 1)])).Output("calls", "show", "req_0001"), StringComparison.Ordinal);
    }

    private static TestProgram Program() => new(new FakeLedger(Sample.TwoWeeks()));
}

using System.Diagnostics.Tracing;
using System.IO.Compression;
using System.Net;
using System.Text;
using CostLedger.Querying;
using CostLedger.Records;
using Telemetry.Handler.Tests.Diagnostics;
using Telemetry.Handler.Tests.Handler;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Batches.Results;

/// <summary>What the results of a batch leave in the ledger.</summary>
public sealed class ResultsReadingTests : IAsyncLifetime
{
    private const string Batches = "https://api.anthropic.com/v1/messages/batches";

    // The memory of ended batches is the process's own: every test has a batch of its own.
    private readonly string _batch = $"msgbatch_{Guid.NewGuid():N}";
    private readonly BatchServer _server = new();
    private ObservedClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ResultsUrl => $"{Batches}/{_batch}/results";

    private string ResultsCall => $"GET /v1/messages/batches/{_batch}/results";

    public ValueTask InitializeAsync()
    {
        _client = new ObservedClient(_server);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Every_result_is_a_row_at_batch_price_and_the_reading_is_free()
    {
        var file = ResultsFile.Of(
            ResultsFile.Succeeded("one", usage: """
                "input_tokens":1000000,"cache_creation_input_tokens":3000000,"cache_read_input_tokens":1000000,"cache_creation":{"ephemeral_5m_input_tokens":1000000,"ephemeral_1h_input_tokens":2000000},"output_tokens":1000000
                """),
            ResultsFile.Errored,
            ResultsFile.Canceled,
            ResultsFile.Expired);
        _server.On(ResultsCall, file);

        Assert.Equal(file, await _client.Http.GetByteArrayAsync(ResultsUrl, Token));

        var (reading, results) = Rows();
        Assert.Equal((Operation.BatchResults, CallOutcome.Success, 200, CostBasis.Unbilled), (reading.Operation, reading.Outcome, reading.HttpStatus, reading.Cost.Basis));
        Assert.Equal((_batch, null, 4L, (long)file.Length), (reading.BatchId, reading.CustomId, reading.Transfer.Events, reading.Transfer.ResponseBytes));
        Assert.All(results.Values, row => Assert.Equal((_batch, Provider.Anthropic, "api.anthropic.com"), (row.BatchId, row.Provider, row.Host)));

        var one = results["one"];
        Assert.Equal((CallOutcome.Success, CostBasis.Measured, "msg_one", "claude-opus-5", "end_turn"), (one.Outcome, one.Cost.Basis, one.MessageId, one.ModelServed, one.StopReason));
        Assert.Equal("batch", one.Usage?.ServiceTier);
        Assert.Equal(
            new CostByClass(new(2_500_000_000), new(12_500_000_000), new(250_000_000), new(3_125_000_000), new(10_000_000_000), new(0)),
            one.Cost.ByClass);
        Assert.Equal((CallOutcome.Error, "invalid_request_error", "req_7", CostBasis.Unbilled), (results["bad"].Outcome, results["bad"].ErrorType, results["bad"].RequestId, results["bad"].Cost.Basis));
        Assert.Equal((CallOutcome.Canceled, null, CostBasis.Unbilled), (results["late"].Outcome, results["late"].ErrorType, results["late"].Cost.Basis));
        Assert.Equal((CallOutcome.Error, "expired", CostBasis.Unbilled), (results["old"].Outcome, results["old"].ErrorType, results["old"].Cost.Basis));
    }

    [Theory]
    [InlineData(100_000, 5_000_000)]
    [InlineData(100_001, 25_000_250)]
    public async Task Both_bands_of_long_prompts_cost_half(int prompt, long nanoDollars)
    {
        _server.On(ResultsCall, ResultsFile.Of(ResultsFile.Succeeded("long", "claude-haiku-5-5", $"\"input_tokens\":{prompt},\"output_tokens\":0")));

        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        Assert.Equal(nanoDollars, Rows().Results["long"].Cost.ByClass?.Input.Value);
    }

    [Fact]
    public async Task Results_that_are_read_again_are_the_rows_that_are_there()
    {
        _server.On(ResultsCall, ResultsFile.Of(ResultsFile.Succeeded("one"), ResultsFile.Expired));
        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);
        var first = Rows().Results;

        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);
        await using (var other = PatientLedger.Open(_client.LedgerPath))
        {
            using var http = new HttpClient(new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = other }) { InnerHandler = _server }, disposeHandler: false);
            await http.GetByteArrayAsync(ResultsUrl, Token);
        }

        var rows = _client.Rows();
        Assert.Equal(3, rows.Count(row => row.Operation == Operation.BatchResults));
        Assert.Equal(first.Values.Select(row => row.Id).Order(), rows.Where(row => row.Operation == Operation.BatchResult).Select(row => row.Id).Order());
        Assert.All(rows, row => Assert.Empty(row.Faults));
    }

    [Fact]
    public async Task Names_that_are_missing_or_repeated_are_counted_and_no_message_is_lost_for_its_name()
    {
        var nameless = ResultsFile.Succeeded("nameless").Replace("\"custom_id\":\"nameless\",", "", StringComparison.Ordinal);
        var file = ResultsFile.Of(ResultsFile.Succeeded("twice"), nameless, "{\"result\":{\"type\":\"expired\"}}", ResultsFile.Succeeded("twice", text: "again"), "{\"custom_id\":7");
        _server.On(ResultsCall, file);

        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);
        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        var rows = _client.Rows();
        Assert.Equal(["msg_nameless", "twice"], rows.Where(row => row.Operation == Operation.BatchResult).Select(row => row.CustomId).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(rows.Where(row => row.Operation == Operation.BatchResults), row => Assert.Equal(["malformed_result_line", "duplicate_custom_id"], row.Faults));
    }

    [Fact]
    public async Task Malformed_lines_are_a_fault_of_the_reading_and_the_rest_is_recorded()
    {
        var garbage = new string('x', 3_000_000);
        using var events = new EventCollector(EventLevel.Warning).Start();
        _server.On(ResultsCall, [.. ResultsFile.Of(ResultsFile.Succeeded("one"), garbage, "{\"custom_id\":\"a\"}", ResultsFile.Expired), .. "{\"custom_id\":\"cut\",\"res"u8]);

        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        var (reading, results) = Rows();
        Assert.Equal(["old", "one"], results.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["incomplete_json", "malformed_result_line"], reading.Faults);
        Assert.Equal((CallOutcome.Truncated, 4L), (reading.Outcome, reading.Transfer.Events));
        Assert.Equal([_batch, 2L, 0L], Assert.Single(events.With(_batch)).Payload!);
    }

    [Fact]
    public async Task Compressed_results_are_recorded_and_pass_as_they_are()
    {
        using var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await packing.WriteAsync(ResultsFile.Of(ResultsFile.Succeeded("one"), ResultsFile.Succeeded("two")), Token);
        }

        _server.On(ResultsCall, () => new MemoryStream(packed.ToArray()), encoding: "gzip");

        Assert.Equal(packed.ToArray(), await _client.Http.GetByteArrayAsync(ResultsUrl, Token));
        Assert.Equal(2, Rows().Results.Count);
    }

    [Fact]
    public async Task A_reader_that_stops_has_the_rows_of_the_lines_that_it_saw()
    {
        var lines = Enumerable.Range(0, 1_000).Select(i => ResultsFile.Succeeded($"r{i}")).ToArray();
        _server.On(ResultsCall, ResultsFile.Of(lines));
        var seen = ResultsFile.Of(lines[..700]).Length;

        using (var response = await _client.Http.GetAsync(ResultsUrl, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[seen + 50], Token);
        }

        var (reading, results) = Rows();
        Assert.Equal(700, results.Count);
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed), (reading.Outcome, reading.StreamEnd));
    }

    [Fact]
    public void A_caller_that_cannot_await_has_the_same_rows()
    {
        _server.On(ResultsCall, ResultsFile.Of(ResultsFile.Succeeded("one"), ResultsFile.Canceled));

        using var response = _client.Http.Send(new HttpRequestMessage(HttpMethod.Get, ResultsUrl), Token);
        using (var stream = response.Content.ReadAsStream(Token))
        {
            stream.CopyTo(Stream.Null);
        }

        Assert.Equal(2, Rows().Results.Count);
    }

    [Fact]
    public async Task Results_are_of_the_moment_at_which_the_batch_was_seen_to_end()
    {
        var ended = TimeProvider.System.GetUtcNow().AddHours(-30);
        var batch = $$"""{"id":"{{_batch}}","processing_status":"ended","request_counts":{"processing":0,"succeeded":1,"errored":0},"ended_at":"{{ended:O}}"}""";
        _server.On($"GET /v1/messages/batches/{_batch}", Encoding.UTF8.GetBytes(batch), "application/json");
        _server.On(ResultsCall, ResultsFile.Of(ResultsFile.Succeeded("one")));

        await _client.Http.GetByteArrayAsync($"{Batches}/{_batch}", Token);
        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        var rows = _client.Rows();
        Assert.Equal([Operation.BatchResult, Operation.BatchOther, Operation.BatchResults], rows.Select(row => row.Operation));
        Assert.Equal(ended, rows[0].StartedAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal((_batch, 1L, CostBasis.Unbilled, CallOutcome.Success), (rows[1].BatchId, rows[1].BatchRequests, rows[1].Cost.Basis, rows[1].Outcome));
    }

    [Fact]
    public async Task Creating_a_batch_is_one_free_row_with_its_id_and_its_size()
    {
        var answer = $$"""{"id":"{{_batch}}","type":"message_batch","processing_status":"in_progress","request_counts":{"processing":2,"succeeded":0},"ended_at":null}""";
        _server.On("POST /v1/messages/batches", Encoding.UTF8.GetBytes(answer), "application/json");

        using var response = await _client.Http.PostAsync(Batches, new StringContent("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"b","params":{}}]}"""), Token);

        Assert.Equal(answer, await response.Content.ReadAsStringAsync(Token));
        var row = _client.Row();
        Assert.Equal((Operation.BatchCreate, CallOutcome.Success, CostBasis.Unbilled), (row.Operation, row.Outcome, row.Cost.Basis));
        Assert.Equal((_batch, null, 2L), (row.BatchId, row.CustomId, row.BatchRequests));
        Assert.Empty(row.Faults);
    }

    [Theory]
    [InlineData("""{"requests":[{"custom_id":"a","params":{"model":"claude-opus-5"}},{"params":{"max_tokens":1,"model":"claude-opus-5"},"custom_id":"b"}]}""", "claude-opus-5")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{"model":"claude-opus-5"}},{"custom_id":"b","params":{"model":"claude-haiku-5-5"}}]}""", null)]
    [InlineData("""{"model":"a","requests":[{"model":"b","params":{"tools":[{"model":"c"}],"metadata":{"model":"d"}}}]}""", null)]
    [InlineData("""{"requests":[{"params":{"model":"claude-opus-5"}}""", null)]
    [InlineData("[]", null)]
    public async Task A_result_without_a_message_has_the_model_of_a_batch_that_was_seen_to_be_created(string body, string? model)
    {
        _server.On("POST /v1/messages/batches", Encoding.UTF8.GetBytes($$"""{"id":"{{_batch}}","ended_at":null}"""), "application/json")
            .On(ResultsCall, ResultsFile.Of(ResultsFile.Expired, ResultsFile.Succeeded("one", "claude-opus-5-5")));

        using var created = await _client.Http.PostAsync(Batches, new StringContent(body), Token);
        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        var results = Rows().Results;
        Assert.Equal((model, model), (results["old"].ModelRequested, results["old"].Model));
        Assert.Equal((model, "claude-opus-5-5"), (results["one"].ModelRequested, results["one"].Model));
    }

    [Fact]
    public async Task Counting_tokens_and_listing_models_is_seen_and_adds_nothing_to_the_sums()
    {
        _server.On("POST /v1/messages/count_tokens", """{"input_tokens":2095}"""u8.ToArray(), "application/json")
            .On("GET /v1/models", """{"data":[{"type":"model","id":"claude-opus-5","max_input_tokens":1000000}],"has_more":false}"""u8.ToArray(), "application/json")
            .On(ResultsCall, ResultsFile.Of(ResultsFile.Succeeded("one")));

        using var counted = await _client.Http.PostAsync("https://api.anthropic.com/v1/messages/count_tokens", new StringContent("""{"model":"claude-opus-5","messages":[]}"""), Token);
        await _client.Http.GetByteArrayAsync("https://api.anthropic.com/v1/models", Token);
        await _client.Http.GetByteArrayAsync(ResultsUrl, Token);

        var rows = _client.Rows();
        Assert.Equal(
            new HashSet<Operation> { Operation.CountTokens, Operation.Models, Operation.BatchResults, Operation.BatchResult },
            rows.Select(row => row.Operation).ToHashSet());
        Assert.All(rows.Where(row => row.Operation != Operation.BatchResult), row => Assert.Equal(CostBasis.Unbilled, row.Cost.Basis));
        using var reader = LedgerReader.Open(_client.LedgerPath);
        var totals = reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals;
        var result = rows.Single(row => row.Operation == Operation.BatchResult);
        Assert.Equal((100L, 10L, result.Cost.Total), (totals.InputTokens, totals.OutputTokens, (NanoUsd?)totals.Cost.Total));
    }

    [Fact]
    public async Task A_refusal_to_give_results_is_an_error_without_rows()
    {
        _server.On(ResultsCall, """{"type":"error","error":{"type":"not_found_error","message":"No results"}}"""u8.ToArray(), "application/json");
        _server.Status = HttpStatusCode.NotFound;

        using var response = await _client.Http.GetAsync(ResultsUrl, Token);

        var row = _client.Row();
        Assert.Equal((CallOutcome.Error, "not_found_error", _batch), (row.Outcome, row.ErrorType, row.BatchId));
    }

    private (CallRecord Reading, Dictionary<string, CallRecord> Results) Rows()
    {
        var rows = _client.Rows();
        return (
            rows.Single(row => row.Operation == Operation.BatchResults),
            rows.Where(row => row.Operation == Operation.BatchResult).ToDictionary(row => row.CustomId ?? "", StringComparer.Ordinal));
    }
}

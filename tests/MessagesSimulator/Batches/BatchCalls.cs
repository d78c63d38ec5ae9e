using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator.Billing;
using MessagesSimulator.Errors;
using MessagesSimulator.Scripting;
using MessagesSimulator.Serving;
using MessagesSimulator.Wire;

namespace MessagesSimulator.Batches;

/// <summary>
/// The endpoints of batches: create, retrieve, results. A scripted fault tells what becomes of a request: an error status makes it
/// errored, a reset canceled, a hang expired.
/// </summary>
internal sealed class BatchCalls(Simulation simulation, Exchange exchange)
{
    public const string Path = "/v1/messages/batches";

    /// <summary>Serves one call.</summary>
    /// <param name="rest">The path behind that of all batches.</param>
    public async Task RunAsync(string rest)
    {
        exchange.Authenticate();
        var parts = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        await ((exchange.Request.Method, parts) switch
        {
            ("POST", []) => TellAsync(Create()),
            ("GET", [var id]) => TellAsync(Retrieve(id)),
            ("GET", [var id, "results"]) => SendResultsAsync(Find(id)),
            _ => throw new ApiException(404, "not_found_error", "Not found"),
        });
    }

    private MessageBatch Create()
    {
        using var document = JsonDocument.Parse(exchange.Request.Body);
        var betas = exchange.Request.Header("anthropic-beta") ?? "";
        var requests = document.RootElement.GetProperty("requests").EnumerateArray()
            .Select(request => new BatchRequest(
                request.GetProperty("custom_id").GetString()!,
                Encoding.UTF8.GetBytes(request.GetProperty("params").GetRawText()),
                betas,
                exchange.Caller))
            .ToList();
        if (requests.Count == 0 || requests.DistinctBy(request => request.CustomId, StringComparer.Ordinal).Count() < requests.Count)
        {
            throw ApiException.Invalid("requests: at least one, and every custom_id once");
        }

        var batch = new MessageBatch(simulation.Ids.Next("msgbatch_01"), simulation.Time.GetUtcNow(), requests);
        simulation.Batches[batch.Id] = batch;
        return batch;
    }

    private MessageBatch Retrieve(string id)
    {
        var batch = Find(id);
        batch.End(simulation.Time.GetUtcNow(), Answer);
        return batch;
    }

    private MessageBatch Find(string id) => simulation.Batches.GetValueOrDefault(id)
        ?? throw new ApiException(404, "not_found_error", $"Message batch {id} was not found.");

    private Task TellAsync(MessageBatch batch) =>
        exchange.SendAsync(200, "application/json", MessageJson.Text(batch.ToJson($"http://{exchange.Request.Header("Host")}")));

    private Task SendResultsAsync(MessageBatch batch)
    {
        var results = batch.Results ?? throw ApiException.Invalid($"Message batch {batch.Id} has not ended yet.");
        return exchange.SendAsync(200, "application/x-jsonl", string.Concat(results.Select(result => MessageJson.Text(result) + "\n")));
    }

    private JsonObject Answer(BatchRequest request)
    {
        var step = simulation.Script.Take();
        switch (step.Fault?.Kind)
        {
            case FaultKind.Reset:
                return new JsonObject { ["type"] = "canceled" };
            case FaultKind.Hang:
                return new JsonObject { ["type"] = "expired" };
            case not null:
                return Errored(step.Fault.ErrorType, step.Fault.Message);
        }

        try
        {
            return Succeeded(request, step);
        }
        catch (ApiException refusal)
        {
            return Errored(refusal.Type, refusal.Message);
        }
    }

    private JsonObject Succeeded(BatchRequest request, ScriptStep step)
    {
        var prompt = simulation.Cache.Read(request.Body, request.Betas, counting: false);
        if (prompt.Settings.MaxTokens == 0)
        {
            throw ApiException.Invalid("max_tokens: 0 cannot be used in a batch");
        }

        var cached = simulation.Cache.Ask(prompt, request.Caller, simulation.Time.GetUtcNow());
        var served = Answering.Serve(simulation, step, cached) with { ServiceTier = "batch" };
        cached.Begin(served.Answer.MessageId);
        simulation.Bill.Open(new BillLine(
            served.Answer.MessageId, exchange.Request.RequestId, prompt.Model.Id, simulation.Time.GetUtcNow(), served.Usage, AnswerState.Complete));
        return new JsonObject { ["type"] = "succeeded", ["message"] = MessageJson.Whole(served) };
    }

    private JsonObject Errored(string type, string message) =>
        new() { ["type"] = "errored", ["error"] = MessageJson.Error(type, message, simulation.Ids.Next("req_01")) };
}

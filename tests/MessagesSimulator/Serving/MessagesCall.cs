using MessagesSimulator.Billing;
using MessagesSimulator.Scripting;
using MessagesSimulator.Wire;

namespace MessagesSimulator.Serving;

/// <summary>One <c>POST /v1/messages</c>.</summary>
internal sealed class MessagesCall(Simulation simulation, Exchange exchange)
{
    private const string Garbage = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"ty\n\n";

    private readonly ScriptStep _step = simulation.Script.Take();

    private StreamPace Pace => _step.Pace ?? simulation.Pace;

    public async Task RunAsync()
    {
        exchange.Authenticate();
        var fault = _step.Fault;
        if (fault?.Kind == FaultKind.Status)
        {
            await exchange.SendFaultAsync(fault);
            return;
        }

        if (simulation.Overload.StrikesNext())
        {
            await exchange.SendFaultAsync(Fault.Overloaded());
            return;
        }

        var prompt = simulation.Cache.Read(exchange.Request.Body, exchange.Request.Header("anthropic-beta") ?? "", counting: false);
        if (simulation.LimiterOf(exchange.Key).Admit() is { } wait)
        {
            await exchange.SendLimitedAsync(wait);
            return;
        }

        var cached = simulation.Cache.Ask(prompt, exchange.Caller, exchange.Request.ReceivedAt);
        simulation.LimiterOf(exchange.Key).TakeInput(prompt.Tokens - (prompt.Model.LimitsCacheReads ? 0 : cached.Usage.CacheReadInputTokens));
        var served = Answering.Serve(simulation, _step, cached);
        if (fault is { Kind: FaultKind.Reset or FaultKind.Hang, AfterEvents: 0 })
        {
            await BreakBeforeHeadersAsync(fault);
            return;
        }

        if (_step.Gate is { } gate)
        {
            await gate.PassAsync(exchange.Aborted);
        }

        await (prompt.Settings.Stream ? StreamAsync(served, Begun) : AnswerAsync(served, Begun));

        void Begun()
        {
            cached.Begin(served.Answer.MessageId);
            simulation.LimiterOf(exchange.Key).TakeOutput(served.Usage.OutputTokens);
            exchange.Request.MessageId = served.Answer.MessageId;
            simulation.Bill.Open(new BillLine(
                served.Answer.MessageId, exchange.Request.RequestId, prompt.Model.Id, exchange.Request.ReceivedAt, served.Usage, AnswerState.Sending));
        }
    }

    private async Task AnswerAsync(ServedAnswer served, Action begun)
    {
        if (_step.Fault is { Kind: FaultKind.ErrorEvent } error)
        {
            await exchange.SendFaultAsync(error);
            return;
        }

        var text = MessageJson.Text(MessageJson.Whole(served));
        var body = exchange.Open("application/json", Pace);
        await body.BeginAsync();
        begun();
        Close(served, AnswerState.Complete);
        if (_step.Fault is null)
        {
            await body.WriteAsync(text);
            return;
        }

        await body.WriteAsync(text[..(text.Length / 2)]);
        await BreakAsync(_step.Fault, body, "\"\"]}");
    }

    private async Task StreamAsync(ServedAnswer served, Action begun)
    {
        var body = exchange.Open("text/event-stream; charset=utf-8", Pace);
        await body.BeginAsync();
        var sent = 0;
        var complete = false;
        try
        {
            foreach (var next in new StreamEvents(served, Pace.TokensPerDelta).All())
            {
                if (_step.Fault is { } fault && sent == fault.AfterEvents && await BreakAsync(fault, body, Garbage))
                {
                    return;
                }

                if (sent++ == 0)
                {
                    begun();
                }

                complete = next.Name is "message_stop";
                Count(served, next, complete ? AnswerState.Complete : AnswerState.Sending);
                await body.WriteAsync(next.Frame);
            }
        }
        finally
        {
            if (!complete && sent > 0)
            {
                Close(served, AnswerState.BrokenOff);
            }
        }
    }

    /// <summary>Breaks an answer.</summary>
    /// <returns>Whether it ends here.</returns>
    private async Task<bool> BreakAsync(Fault fault, PacedBody body, string garbage)
    {
        switch (fault.Kind)
        {
            case FaultKind.ErrorEvent:
                var error = MessageJson.Text(MessageJson.Error(fault.ErrorType, fault.Message, exchange.Request.RequestId));
                await body.WriteAsync($"event: error\ndata: {error}\n\n");
                return true;
            case FaultKind.Reset:
                exchange.Reset();
                return true;
            case FaultKind.Hang:
                await body.HangAsync();
                return true;
            case FaultKind.Malformed:
                await body.WriteAsync(garbage);
                return false;
            default:
                return true;
        }
    }

    private async Task BreakBeforeHeadersAsync(Fault fault)
    {
        if (fault.Kind == FaultKind.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, simulation.Time, exchange.Aborted);
        }

        exchange.Reset();
    }

    /// <summary>Bills what was generated so far; before the bytes leave, so that nobody reads an end that is not billed yet.</summary>
    private void Count(ServedAnswer served, SseEvent next, AnswerState state) =>
        simulation.Bill.Update(served.Answer.MessageId, line => line with
        {
            Usage = served.Usage with { OutputTokens = next.OutputTokens, ThinkingTokens = next.ThinkingTokens },
            State = state,
        });

    private void Close(ServedAnswer served, AnswerState state) =>
        simulation.Bill.Update(served.Answer.MessageId, line => line with { State = state });
}

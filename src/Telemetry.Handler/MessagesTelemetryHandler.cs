using CostLedger.Pricing;
using Telemetry.Handler.Observing;

namespace Telemetry.Handler;

/// <summary>
/// Observes calls to Claude's Messages API: traces and meters them, prices them, and writes one record per attempt to a ledger.
/// The request and the response pass through byte for byte, when they arrive; no failure of the observation reaches the caller.
/// Requests to other endpoints pass through untouched.
/// </summary>
/// <remarks>
/// An instance holds no state of a call and serves any number of concurrent calls, but like every <see cref="DelegatingHandler"/>
/// it belongs to one chain: make one for each client. Instances share the default ledger, the spans' source and the meter.
/// </remarks>
public sealed class MessagesTelemetryHandler : DelegatingHandler
{
    private volatile CallSettings _settings;
    private readonly Lock _innerHandlerLock = new();

    /// <summary>Makes a handler that works with no configuration: default ledger, default prices.</summary>
    public MessagesTelemetryHandler()
        : this(new MessagesTelemetryOptions())
    {
    }

    /// <summary>Makes a handler. Where no inner handler is set before the first call, <see cref="MessagesHttpHandler.Create"/> makes one.</summary>
    /// <param name="options">How to observe; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its limits; the message names every fault.</exception>
    public MessagesTelemetryHandler(MessagesTelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = MessagesTelemetryOptionsReader.Read(options);
    }

    /// <summary>The price list; can be replaced while calls are running. A call is priced by the list of its start.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public PriceBook Prices
    {
        get => _settings.Prices;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _settings = MessagesTelemetryOptionsReader.WithPrices(_settings, value);
        }
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        var call = ObservedCall.TryBegin(_settings, request);
        return call is null ? base.SendAsync(request, cancellationToken) : ObserveAsync(call, request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        EnsureInnerHandler();
        var call = ObservedCall.TryBegin(_settings, request);
        return call is null ? base.Send(request, cancellationToken) : Observe(call, request, cancellationToken);
    }

    private async Task<HttpResponseMessage> ObserveAsync(
        ObservedCall call,
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        await call.ReadRequestAsync(cancellationToken).ConfigureAwait(false);
        call.Start(isAsync: true);
        HttpResponseMessage response;
        try
        {
            await call.EstimateFirstAsync().ConfigureAwait(false);
            var sending = base.SendAsync(request, cancellationToken);
            call.WhileAwaited();
            response = await sending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await call.FailAsync(exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        await call.ReceiveAsync(response).ConfigureAwait(false);
        return response;
    }

    private HttpResponseMessage Observe(ObservedCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        call.ReadRequest(cancellationToken);
        call.Start(isAsync: false);
        HttpResponseMessage response;
        try
        {
            call.EstimateFirst();
            response = base.Send(request, cancellationToken);
        }
        catch (Exception exception)
        {
            call.Leave();
            call.Fail(exception, cancellationToken);
            throw;
        }

        call.Leave();
        call.Receive(response);
        return response;
    }

    private void EnsureInnerHandler()
    {
        if (InnerHandler is not null)
        {
            return;
        }

        lock (_innerHandlerLock)
        {
            InnerHandler ??= MessagesHttpHandler.Create();
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Telemetry.Handler;

/// <summary>Attaches the handler to clients of <c>IHttpClientFactory</c>.</summary>
public static class MessagesTelemetryHttpClientBuilderExtensions
{
    /// <summary>
    /// Observes the calls of a named or typed client; log events go to the services' loggers. Add it after a retry handler (inside it) to see every attempt,
    /// before it (outside) to see whole operations.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Changes the options; null: the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHttpClientBuilder AddMessagesTelemetry(
        this IHttpClientBuilder builder,
        Action<MessagesTelemetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMessagesTelemetry((_, options) => configure?.Invoke(options));
    }

    /// <summary>The same, with access to services, for example to a shared ledger.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Changes the options; called for each handler that the factory makes.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IHttpClientBuilder AddMessagesTelemetry(
        this IHttpClientBuilder builder,
        Action<IServiceProvider, MessagesTelemetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddHttpMessageHandler(services =>
        {
            var options = new MessagesTelemetryOptions { LoggerFactory = services.GetService<ILoggerFactory>() };
            configure(services, options);
            return new MessagesTelemetryHandler(options);
        });
    }
}

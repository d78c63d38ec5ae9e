namespace Telemetry.Handler.Prompting;

/// <summary>
/// The application did not allow a call (<c>MessagesTelemetryOptions.AllowSend</c>): nothing was sent, and nothing is billed. No
/// retry helps, so it is neither an I/O error nor a cancellation.
/// </summary>
public sealed class CallWithheldException : Exception
{
    internal CallWithheldException(CallExpectation expectation)
        : base("The call was not sent: AllowSend returned false for it.") => Expectation = expectation;

    /// <summary>What the call was expected to take.</summary>
    public CallExpectation Expectation { get; }
}

namespace CostReport.Cli.Arguments;

/// <summary>Something a user can put right. The message is one line that says how.</summary>
internal sealed class UserError(ExitCode code, string message) : Exception(message)
{
    /// <summary>The exit status.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>A mistake in the arguments.</summary>
    public static UserError Usage(string message) => new(ExitCode.WrongUsage, message);
}

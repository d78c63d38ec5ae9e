namespace CostReport.Cli.Commands;

/// <summary>Nobody reads standard output any more.</summary>
internal sealed class OutputClosedException(IOException cause) : Exception(cause.Message, cause);

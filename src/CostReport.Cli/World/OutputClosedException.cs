namespace CostReport.Cli.World;

/// <summary>Nobody reads standard output any more.</summary>
internal sealed class OutputClosedException(IOException cause) : Exception(cause.Message, cause);

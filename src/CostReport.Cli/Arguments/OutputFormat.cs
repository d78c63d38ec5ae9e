namespace CostReport.Cli.Arguments;

/// <summary>The form a report is written in.</summary>
internal enum OutputFormat
{
    /// <summary>For a person at a terminal.</summary>
    Table,

    /// <summary>For programs; exact.</summary>
    Json,

    /// <summary>For spreadsheets; exact.</summary>
    Csv,

    /// <summary>For pull requests and pages.</summary>
    Markdown,

    /// <summary>For programs that read line by line; exact.</summary>
    Jsonl,
}

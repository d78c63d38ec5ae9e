namespace CostReport.Cli.Arguments.Specs;

/// <summary><c>costreport completion</c>.</summary>
internal static class CompletionSpec
{
    /// <summary>The command.</summary>
    public static CommandSpec Command { get; } = new("completion", "Print a script that completes commands, options and values in a shell.")
    {
        Argument = "SHELL",
        ArgumentValues = OptionValues.Shells,
        Details = ["SHELL is bash, zsh, fish or pwsh. The script is made from this version's commands; print it again after an update, or load it at every start of the shell as below."],
        Options = [CommonOptions.HelpText],
        Examples =
        [
            ("costreport completion bash", "in ~/.bashrc: eval \"$(costreport completion bash)\""),
            ("costreport completion zsh", "in ~/.zshrc, behind compinit: eval \"$(costreport completion zsh)\""),
            ("costreport completion fish", "once, into ~/.config/fish/completions/costreport.fish"),
            ("costreport completion pwsh", "in the file that $PROFILE names: costreport completion pwsh | Out-String | Invoke-Expression"),
        ],
    };
}

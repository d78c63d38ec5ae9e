namespace Telemetry.Handler.Tokens;

/// <summary>Keeps workspaces for the next caller, as many as there are processors.</summary>
internal sealed class WorkspacePool
{
    private readonly Workspace?[] _kept = new Workspace?[Environment.ProcessorCount];

    /// <summary>A workspace for one caller.</summary>
    public Workspace Rent()
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is { } workspace)
            {
                return workspace;
            }
        }

        return new Workspace();
    }

    /// <summary>Gives a workspace back.</summary>
    public void Return(Workspace workspace)
    {
        workspace.Shrink();
        for (var i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _kept[i], workspace, null) is null)
            {
                return;
            }
        }
    }
}

namespace RanCognition.Interop;

/// <summary>Lets asynchronous calls on one core wait for their turn without a thread, and leave the queue when they are cancelled. Calls run on the thread pool.</summary>
internal sealed class TurnQueue
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<T> Run<T>(Func<T> call, CancellationToken token)
    {
        await _turn.WaitAsync(token).ConfigureAwait(false);
        try
        {
            return await Task.Run(call, token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}

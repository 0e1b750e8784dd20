using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

// Who may touch the queue: the thread whose turn it is. Whoever comes while another has it, hands over through the post box.
public sealed unsafe partial class NanoScheduler
{
    private readonly PostBox _post = new();
    private readonly Alarm _alarm = new();

    private readonly TurnGate _gate = new();

    // It is in Run, which may last for ever.
    private bool _running;

    // Tasks in the post box, or about to be put into it; with Tasks.Count within the capacity.
    private long _posted;

    // Until when the runner sleeps; 0 when it does not.
    private ulong _sleepsUntil;

    private bool _closing;

    /// <summary>Lets the queue go; what runs on another thread ends after its current task. Later calls get ObjectDisposedException.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closing, true);
        Interlocked.MemoryBarrierProcessWide();   // who leaves writes that without one, and then looks whether it is to close
        _alarm.Ring();
        TryClose();
    }

    /// <summary>A turn at the queue, unless another thread has it. Within a handler it is the handler's thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Turn TakeTurn()
    {
        TurnGate.Entry entry = _gate.TryEnter(Environment.CurrentManagedThreadId);
        if (entry is TurnGate.Entry.Refused)
        {
            return default;
        }
        if (entry is TurnGate.Entry.Closed)
        {
            ThrowDisposed();
        }
        if (_post.HasPost)
        {
            ReadPostOnEntering(entry);
        }
        return new Turn(entry is TurnGate.Entry.Entered ? this : null, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Leave()
    {
        _gate.Leave();
        if (Volatile.Read(ref _closing))
        {
            TryClose();
        }
    }

    /// <summary>A turn that may be long: executing, restoring. Waits for a call of another thread, but not for its Run.</summary>
    private Turn TakeLongTurn(string what)
    {
        SpinWait spin = default;
        while (true)
        {
            if (_gate.IsInside(Environment.CurrentManagedThreadId))
            {
                RefuseBusy($"{what} from one of its own handlers");
            }
            Turn turn = TakeTurn();
            if (turn.IsMine)
            {
                return turn;
            }
            if (Volatile.Read(ref _running))
            {
                RefuseBusy($"{what} while another thread runs it");
            }
            spin.SpinOnce();
        }
    }

    /// <summary>Makes a call in this thread's turn, or has the owner make it between two tasks and waits for that.</summary>
    private ulong InTurn(Func<ulong> call, bool betweenTasks = false)
    {
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                return call();
            }
        }
        return HandOver(call, betweenTasks);
    }

    private void HandOver(ulong id, ulong time, Action<NanoScheduler, ulong, ulong> call, bool betweenTasks = false) => HandOver(
        () =>
        {
            call(this, id, time);
            return 0;
        },
        betweenTasks);

    private ulong HandOver(Func<ulong> call, bool betweenTasks = false)
    {
        HandedCall handed = new(call, betweenTasks);
        PostedTask* post = PostBox.New();
        post->Payload = (ulong)GCHandle.ToIntPtr(GCHandle.Alloc(handed));
        if (!_post.TryPut(post, post))
        {
            Discard(post);
            ThrowDisposed();
        }
        WakeFor(0);
        SpinWait spin = default;
        try
        {
            while (!handed.IsDone)
            {
                using Turn turn = TakeTurn();   // when the owner has left: the post is read on entering
                if (!turn.IsMine)
                {
                    spin.SpinOnce();
                }
            }
        }
        catch (ObjectDisposedException) when (handed.IsDone)
        {
            // It was made, and then the queue was let go.
        }
        return handed.Result();
    }

    private ulong HandOverSpecial(ulong executeTime, byte priority, ushort handler, ulong block, TaskFlags flags, TaskSpec spec) =>
        HandOver(() => AddSpecial(executeTime, priority, handler, block, flags, spec, 0, 0));

    private ulong HandOverSeries(ulong interval, byte priority, ushort handler, ulong block, TaskFlags flags, TaskSpec spec, uint maxExecutions) =>
        HandOver(() => AddSpecial(ReadTime(), priority, handler, block, flags, spec, maxExecutions, interval));

    private void HandOverBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids)
    {
        BatchTask[] copy = tasks.ToArray();
        ulong[] given = new ulong[copy.Length];
        HandOver(() =>
        {
            AddBatch(copy, given, plain: false);
            return 0;
        });
        given.AsSpan(0, Math.Min(ids.Length, given.Length)).CopyTo(ids);
    }

    private ulong Post(ulong executeTime, byte priority, ushort handler, ulong payload, TaskFlags flags)
    {
        ClaimRoom(1);
        ulong id = TakeSharedIds(1);
        PostedTask* post = PostBox.New();
        *post = new PostedTask { Id = id, ExecuteTime = executeTime, Payload = payload, Handler = handler, Priority = priority, Flags = flags };
        if (!_post.TryPut(post, post))
        {
            NativeMemory.Free(post);
            ThrowDisposed();
        }
        WakeFor(executeTime);
        return id;
    }

    private void PostBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids)
    {
        if (tasks.IsEmpty)
        {
            return;
        }
        ClaimRoom(tasks.Length);
        ulong id = TakeSharedIds((ulong)tasks.Length);
        PostedTask* first = null;
        PostedTask* last = null;
        ulong earliest = ulong.MaxValue;
        for (int i = 0; i < tasks.Length; i++, id++)
        {
            ref readonly BatchTask task = ref tasks[i];
            PostedTask* post = PostBox.New();
            *post = new PostedTask { Next = last, Id = id, ExecuteTime = task.ExecuteTime, Payload = task.Payload, Handler = (ushort)task.Handler, Priority = task.Priority };
            last = post;
            first = first == null ? post : first;
            earliest = Math.Min(earliest, task.ExecuteTime);
            if (i < ids.Length)
            {
                ids[i] = id;
            }
        }
        if (!_post.TryPut(last, first))
        {
            first->Next = null;
            while (last != null)
            {
                PostedTask* next = last->Next;
                NativeMemory.Free(last);
                last = next;
            }
            ThrowDisposed();
        }
        WakeFor(earliest);
    }

    private ulong TakeSharedIds(ulong count)
    {
        ulong id = _store.Ids.TakeShared(count);
        if (id == 0)
        {
            Interlocked.Add(ref _posted, -(long)count);
            RefuseIds();
        }
        return id;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadPostOnEntering(TurnGate.Entry entry)
    {
        try
        {
            ReadPost();
        }
        catch
        {
            if (entry is TurnGate.Entry.Entered)
            {
                Leave();
            }
            throw;
        }
    }

    /// <summary>What other threads handed over, in the order in which they did.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadPost()
    {
        PostedTask* post = _post.TakeAll();
        PostedTask* later = null;
        try
        {
            while (post != null)
            {
                PostedTask* next = post->Next;
                PostedTask task = *post;
                if (task.Handler != 0)
                {
                    NativeMemory.Free(post);
                    post = next;
                    if (task.Id < _store.FirstPosted)
                    {
                        DropReplaced(task);
                        continue;
                    }
                    _tasks.Count++;   // in both counts for a moment, so that it is never in none
                    Interlocked.Decrement(ref _posted);
                    Add(task.Id, task.ExecuteTime, task.Priority, task.Handler, task.Payload, task.Flags);
                    continue;
                }
                GCHandle handle = GCHandle.FromIntPtr((nint)task.Payload);
                HandedCall call = (HandedCall)handle.Target!;
                if (_active && call.BetweenTasks)
                {
                    post->Next = later;
                    later = post;
                    post = next;
                    continue;
                }
                handle.Free();
                NativeMemory.Free(post);
                post = next;
                call.Make();
            }
        }
        finally
        {
            PutBack(post);   // none, unless memory ran out
            PutBack(PostBox.Reversed(later));
        }
    }

    private void DropReplaced(in PostedTask task)
    {
        Interlocked.Decrement(ref _posted);
        if ((task.Flags & TaskFlags.HasData) != 0)
        {
            DropData(task.Payload);
        }
        _counters.Scheduled++;
        _counters.Cancelled++;
    }

    private void PutBack(PostedTask* first)
    {
        if (first != null)
        {
            _post.TryPut(PostBox.Reversed(first), first);   // open: only who is inside closes it
        }
    }

    private void WakeFor(ulong due)
    {
        // The post was put in with a full fence; the runner says until when it sleeps, with one, before it looks into the box for the last time.
        if (Volatile.Read(ref _sleepsUntil) > due)
        {
            _alarm.Ring();
        }
    }

    private void TryClose()
    {
        Interlocked.MemoryBarrier();   // others must not be refused for a thread that has left
        if (_gate.TryEnter(Environment.CurrentManagedThreadId) != TurnGate.Entry.Entered)
        {
            return;   // who is inside sees _closing when it leaves
        }
        _gate.Close();
        PostedTask* post = _post.Close();
        while (post != null)
        {
            PostedTask* next = post->Next;
            Discard(post);
            post = next;
        }
        _store.Dispose();
        _data.Close();
    }

    private void Discard(PostedTask* post)
    {
        if (post->Handler == 0)
        {
            GCHandle.FromIntPtr((nint)post->Payload).Free();
        }
        else if ((post->Flags & TaskFlags.HasData) != 0)
        {
            _data.Free(post->Payload);
        }
        NativeMemory.Free(post);
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(NanoScheduler));

    private readonly ref struct Turn(NanoScheduler? leave, bool isMine)
    {
        public readonly bool IsMine = isMine;
        private readonly NanoScheduler? _leave = leave;

        public void Dispose() => _leave?.Leave();
    }
}

using System.Runtime.InteropServices;

namespace RanCognition.Scheduling;

/// <summary>Many threads put in, one takes all out: a stack whose head is exchanged (Treiber 1986), so nobody waits for anybody.</summary>
internal sealed unsafe class PostBox
{
    private const nint ClosedMark = 1;

    private nint _head;

    /// <summary>Read by the taker before every task, so it costs a load.</summary>
    public bool HasPost => Volatile.Read(ref _head) != 0;

    public static PostedTask* New() => (PostedTask*)NativeMemory.AllocZeroed((nuint)sizeof(PostedTask));

    /// <summary>Puts in a chain of posts from the last to the first; false when the box is closed (the chain is still the caller's).</summary>
    public bool TryPut(PostedTask* last, PostedTask* first)
    {
        nint head = Volatile.Read(ref _head);
        while (head != ClosedMark)
        {
            first->Next = (PostedTask*)head;
            nint seen = Interlocked.CompareExchange(ref _head, (nint)last, head);
            if (seen == head)
            {
                return true;
            }
            head = seen;
        }
        return false;
    }

    /// <summary>All posts in the order in which they came.</summary>
    public PostedTask* TakeAll() => Reversed((PostedTask*)Interlocked.Exchange(ref _head, 0));

    /// <summary>Takes all and lets nothing more in.</summary>
    public PostedTask* Close()
    {
        nint head = Interlocked.Exchange(ref _head, ClosedMark);
        return Reversed(head == ClosedMark ? null : (PostedTask*)head);
    }

    /// <summary>A chain from its other end.</summary>
    public static PostedTask* Reversed(PostedTask* post)
    {
        PostedTask* reversed = null;
        while (post != null)
        {
            PostedTask* next = post->Next;
            post->Next = reversed;
            reversed = post;
            post = next;
        }
        return reversed;
    }
}

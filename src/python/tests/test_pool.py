"""Blocks of a memory pool: used, freed, refused, and never seen after they were freed."""

import gc
import random
import threading
import unittest

import rancognition


class PoolTests(unittest.TestCase):
    def setUp(self):
        self.pool = rancognition.Pool(budget_bytes=1 << 22)

    def tearDown(self):
        self.pool.close()

    def test_blocks_are_memory_and_the_sums_add_up(self):
        for seed in range(3):
            choice = random.Random(seed)
            blocks = []
            for _ in range(300):
                if blocks and choice.random() < 0.4:
                    block, content = blocks.pop(choice.randrange(len(blocks)))
                    self.assertEqual(bytes(block), content)
                    self.pool.deallocate(block)
                else:
                    content = choice.randbytes(choice.randrange(1, 3000))
                    block = self.pool.allocate(len(content))
                    block[:] = content
                    blocks.append((block, content))
            stats = self.pool.stats()
            self.assertEqual(stats["live_blocks"], len(blocks))
            self.assertEqual(stats["requested_bytes"], sum(len(content) for _, content in blocks))
            for block, _ in blocks:
                self.pool.deallocate(block)
            self.assertEqual((self.pool.stats()["live_blocks"], self.pool.stats()["requested_bytes"]), (0, 0))

    def test_a_block_that_nobody_holds_is_freed(self):
        self.pool.allocate(100)
        gc.collect()
        self.assertEqual(self.pool.stats()["live_blocks"], 0)

    def test_a_slice_keeps_its_block_and_freeing_it_is_refused(self):
        block = self.pool.allocate(100)
        block[10:14] = b"kept"
        part = block[10:14]
        with self.assertRaises(BufferError):
            self.pool.deallocate(block)
        self.assertEqual(bytes(part), b"kept")
        self.assertEqual(self.pool.stats()["live_blocks"], 1)
        part.release()
        del part
        self.assertEqual(self.pool.stats()["live_blocks"], 0)

    def test_wrong_blocks_are_refused_with_the_reason(self):
        block = self.pool.allocate(64)
        other = rancognition.Pool()
        for wrong, kind in ((block[:10], rancognition.InvalidArgument), (block[8:], rancognition.InvalidArgument), (memoryview(bytearray(64)), rancognition.InvalidArgument),
                            (other.allocate(64), rancognition.InvalidArgument), (bytearray(64), TypeError), (None, TypeError)):
            with self.assertRaises(kind):
                self.pool.deallocate(wrong)
            del wrong
        self.pool.deallocate(block)
        with self.assertRaisesRegex(ValueError, "released"):
            self.pool.deallocate(block)
        with self.assertRaisesRegex(ValueError, "size: "):
            self.pool.allocate(0)
        with self.assertRaises(rancognition.Limit):
            self.pool.allocate(1 << 30)
        with self.assertRaises(rancognition.InvalidArgument):
            rancognition.Pool(budget_bytes=1)
        self.assertEqual(rancognition.Pool(speed=1).stats()["ignored"][0]["field"], "/speed")

    def test_a_closed_pool_keeps_the_memory_of_blocks_in_use(self):
        block = self.pool.allocate(1 << 20)
        self.pool.close()
        block[:] = b"\x07" * (1 << 20)
        self.assertEqual(block[-1], 7)
        self.pool.deallocate(block)
        with self.assertRaisesRegex(rancognition.InvalidHandle, "this Pool is closed"):
            self.pool.stats()

    def test_threads_allocate_and_free_each_others_blocks(self):
        blocks, wrong = [], []

        def work(seed):
            choice = random.Random(seed)
            try:
                for _ in range(300):
                    block = self.pool.allocate(choice.randrange(1, 500))
                    block[0] = 1
                    blocks.append(block)
                    del block
                    if choice.random() < 0.5:
                        self.pool.deallocate(blocks.pop())
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])
        blocks.clear()
        self.assertEqual(self.pool.stats()["live_blocks"], 0)


if __name__ == "__main__":
    unittest.main()

"""Stopping a program that dies at the same moment."""

import unittest
import xmlrpc.client

from local.supervise import Supervisor

NOT_RUNNING = 70


class Dying(Supervisor):
    """A supervisor whose program is in one state after the other; it refuses to stop what is dead at the moment."""

    def __init__(self, *states, fault=NOT_RUNNING):
        self.states, self.fault, self.stops = list(states), fault, 0

    def answers(self):
        return True

    def ask(self, method, *arguments):
        if method == "getAllProcessInfo":
            return [{"name": "redis", "statename": self.states.pop(0) if len(self.states) > 1 else self.states[0]}]
        self.stops += 1
        if self.states[0] == "EXITED":
            raise xmlrpc.client.Fault(self.fault, "redis")
        return True


class Stopping(unittest.TestCase):
    def test_a_program_that_dies_while_it_is_stopped_is_not_left_to_start_again(self):
        supervisor = Dying("RUNNING", "EXITED", "EXITED", "STARTING", "STOPPING", "STOPPED")
        supervisor.stop_program("redis")
        self.assertEqual(supervisor.states, ["STOPPED"])
        self.assertEqual(supervisor.stops, 2, "refused while it was dead, obeyed when it started again")

    def test_a_program_that_does_not_run_is_not_asked_to_stop(self):
        supervisor = Dying("STOPPED")
        supervisor.stop_program("redis")
        self.assertEqual(supervisor.stops, 0)

    def test_another_fault_is_not_swallowed(self):
        with self.assertRaises(xmlrpc.client.Fault):
            Dying("RUNNING", "EXITED", fault=10).stop_program("redis")


if __name__ == "__main__":
    unittest.main()
